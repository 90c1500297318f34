import {
  type Board,
  type BoardCard,
  type CardProblem,
  PROPOSAL_STATUSES,
} from "../../../shared/codex-format/proposals/board.ts";
import { statusChoices } from "../../../shared/codex-format/proposals/edit-board.ts";
import type { BoardView, CardView } from "../../../shared/proposals.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { createLineCounter } from "../line-counter.ts";
import { problemText } from "../problem-text.ts";
import type { NamedEntry, TaskLogService } from "../task-log-port.ts";
import { type BoardCache, openBoard } from "./read-boards.ts";

export interface BoardDependencies {
  readonly store: DocumentStore;
  readonly taskLog: TaskLogService;
  readonly parseBoard: BoardCache;
}

export const tasksFolder = ".codex/tasks";

/** @throws Problem 404 `not-found`, 413 `too-large` */
export async function boardView(dependencies: BoardDependencies, asked?: string): Promise<BoardView> {
  const { store, taskLog, parseBoard } = dependencies;
  const { path, document, board, others } = await openBoard(store, parseBoard, asked);
  const ids = cardIds(board);
  const links = board.cards.some(({ key }) => key !== undefined)
    ? entriesByProposal(await taskLog.entries())
    : undefined;
  const tasks = tasksByKey((await store.find(tasksFolder, (name) => name.endsWith(".md"))).map((task) => task.path));
  const cards = board.cards.map((card, index): CardView => {
    const first = card.possibleDuplicateOf;
    const taskDocument = card.key === undefined ? undefined : tasks.get(card.key);
    return {
      ...factsOf(card),
      id: ids[index] ?? "",
      place: index,
      possibleDuplicates: first === undefined ? [] : [ids[first] ?? ""],
      nextStatuses: statusChoices(board, card),
      logRefs: (card.key === undefined ? undefined : links?.get(card.key)) ?? [],
      ...(taskDocument === undefined ? {} : { taskDocument }),
    };
  });
  return {
    path,
    exists: document !== undefined,
    ...(document === undefined ? {} : { revision: document.revision }),
    shape: board.shape,
    lanes: lanesOf(board, cards),
    invalid: invalidOf(board, document?.bytes ?? new Uint8Array()),
    others,
  };
}

/** A proposal's key; `card-7` for cards without one, and for the later ones of a key that stands there twice. */
export function cardIds(board: Board): readonly string[] {
  const taken = new Set<string>();
  return board.cards.map(({ key }, index) => {
    const id = key === undefined || taken.has(key) ? `card-${index + 1}` : key;
    taken.add(id);
    return id;
  });
}

/** Cards and invalid items both stand in the order of the file. */
function invalidOf(board: Board, bytes: Uint8Array): BoardView["invalid"] {
  const lineAt = createLineCounter(bytes);
  let place = 0;
  return board.invalid.map(({ raw, reason, span }) => {
    while ((board.cards[place]?.span.start ?? Number.POSITIVE_INFINITY) < span.start) place += 1;
    return { raw, reason, line: lineAt(span.start), place };
  });
}

/** Each beginning of a name before a hyphen may be a card's key. */
function tasksByKey(paths: readonly string[]): ReadonlyMap<string, string> {
  const tasks = new Map<string, string>();
  for (const path of paths) {
    for (let at = path.indexOf("-", tasksFolder.length); at !== -1; at = path.indexOf("-", at + 1)) {
      const key = path.slice(tasksFolder.length + 1, at);
      if (!tasks.has(key)) tasks.set(key, path);
    }
  }
  return tasks;
}

function factsOf(
  card: BoardCard,
): Omit<CardView, "id" | "place" | "possibleDuplicates" | "nextStatuses" | "logRefs" | "taskDocument"> {
  const { title, lane, agent, proposedBy, date, priority, source, feedback, raw } = card;
  const status = card.status ?? card.statusText;
  const facts = { status, lane, agent, proposedBy, date, priority, source };
  return {
    title,
    ...(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<CardView>),
    feedback,
    sections: card.sections.map(({ name, text }) => ({ name, text })),
    checklist: card.checklist.map(({ text, isChecked }, number) => ({ text, isChecked, number })),
    problems: card.problems.map((problem: CardProblem) => problemText(problem)),
    raw,
  };
}

/** Our own boards have a lane for each status, empty ones too; others have the headings that they were written with. */
function lanesOf(board: Board, cards: readonly CardView[]): BoardView["lanes"] {
  const isOwn = board.shape === "proposals" || board.shape === "empty";
  const names: readonly string[] = isOwn ? PROPOSAL_STATUSES : board.lanes;
  const laneOf = (card: CardView): string => (isOwn ? (card.status ?? "") : (card.lane ?? ""));
  const lanes = new Map<string, CardView[]>(names.map((name) => [name, []]));
  for (const card of cards) {
    const lane = laneOf(card);
    const known = lanes.get(lane);
    if (known === undefined) lanes.set(lane, [card]);
    else known.push(card);
  }
  return [...lanes].map(([name, inLane]) => ({ name, cards: inLane }));
}

function entriesByProposal(entries: readonly NamedEntry[]): ReadonlyMap<string, CardView["logRefs"]> {
  const links = new Map<string, { ref: string; taskId?: string }[]>();
  for (const { ref, taskId, proposal } of entries) {
    if (proposal === undefined) continue;
    const known = links.get(proposal) ?? [];
    known.push({ ref, ...(taskId === undefined ? {} : { taskId }) });
    links.set(proposal, known);
  }
  return links;
}
