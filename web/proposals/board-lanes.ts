/** A board as it is drawn: which lanes, which cards in them, in which order. Pure. */
import type { BoardView, CardView, InvalidCardView } from "../../shared/proposals.ts";

export type LaneItem =
  | { readonly kind: "card"; readonly card: CardView }
  | { readonly kind: "invalid"; readonly invalid: InvalidCardView };

export interface Lane {
  readonly name: string;
  /** What a card that is dropped here becomes; none for a heading that says nothing of a status. */
  readonly status: string | undefined;
  readonly items: readonly LaneItem[];
  readonly cardCount: number;
}

export interface DrawnBoard {
  /** Folio's own form. */
  readonly isOwn: boolean;
  readonly lanes: readonly Lane[];
  /** Rejected and superseded ones of an own board: in lists of their own. */
  readonly aside: readonly Lane[];
}

export interface BoardFilter {
  readonly agent: string;
  readonly source: string;
}

export const noFilter: BoardFilter = { agent: "", source: "" };

/** Words of the source filter. */
export const sourceKinds = ["feedback", "other", "none"] as const;

const mainStatuses = ["proposed", "accepted", "in-progress", "done"];
const asideStatuses = ["rejected", "superseded"];

export function cardsOf(board: BoardView): readonly CardView[] {
  return board.lanes.flatMap(({ cards }) => cards);
}

export function isOwnShape({ shape }: Pick<BoardView, "shape">): boolean {
  return shape === "proposals" || shape === "empty" || shape === "document";
}

/** The agents that are named on the board, each once, by name. */
export function agentsOf(board: BoardView): readonly string[] {
  const named = cardsOf(board).flatMap(({ agent = "", proposedBy = "" }) => [agent, proposedBy]);
  return [...new Set(named)].filter((name) => name !== "").toSorted((one, other) => one.localeCompare(other));
}

function sourceKind({ source, feedback }: CardView): string {
  if (feedback.length > 0) return "feedback";
  return source === undefined || source === "" ? "none" : "other";
}

export function matches(card: CardView, { agent, source }: BoardFilter): boolean {
  const isByAgent = agent === "" || card.agent === agent || card.proposedBy === agent;
  return isByAgent && (source === "" || sourceKind(card) === source);
}

/** One heading above all cards is the board's title, unless there is nothing else to tell them apart. */
function hasHeadings(cards: readonly CardView[]): boolean {
  const lanes = new Set(cards.map(({ lane = "" }) => lane));
  return lanes.size > 1 || (!lanes.has("") && cards.every(({ status }) => status === undefined));
}

/** Lanes by status for our own boards and those without headings, by heading for all others. */
export function drawBoard(board: BoardView, filter: BoardFilter): DrawnBoard {
  const isOwn = isOwnShape(board);
  const all = cardsOf(board);
  const cards = all.filter((card) => matches(card, filter)).toSorted((one, other) => one.place - other.place);
  if (!isOwn && hasHeadings(all)) {
    const names = board.lanes.filter((lane) => lane.cards.length > 0 || lane.name !== "").map(({ name }) => name);
    const lanes = names.map((name) => laneOf(name, undefined, (card) => (card.lane ?? "") === name, cards));
    return { isOwn, lanes: withInvalid(lanes, board, all), aside: [] };
  }
  const known = [...mainStatuses, ...asideStatuses];
  const others = [...new Set(all.map(statusOf))].filter((status) => !known.includes(status));
  const shown = isOwn ? mainStatuses : known.filter((status) => all.some((card) => statusOf(card) === status));
  const byStatus = (status: string): Lane =>
    laneOf(status, known.includes(status) ? status : undefined, (card) => statusOf(card) === status, cards);
  const lanes = withInvalid([...shown, ...others].map(byStatus), board, all);
  return { isOwn, lanes: lanes.map(newestFirstWhenDone), aside: isOwn ? asideStatuses.map(byStatus) : [] };
}

function statusOf({ status }: CardView): string {
  return status ?? "";
}

function laneOf(
  name: string,
  status: string | undefined,
  belongs: (card: CardView) => boolean,
  cards: readonly CardView[],
): Lane {
  const items = cards.filter(belongs).map((card): LaneItem => ({ kind: "card", card }));
  return { name, status, items, cardCount: items.length };
}

/** What cannot be read stands behind the card that it follows in the file, or first of all. */
function withInvalid(lanes: readonly Lane[], board: BoardView, all: readonly CardView[]): readonly Lane[] {
  if (board.invalid.length === 0) return lanes;
  const byPlace = new Map(all.map((card) => [card.place, card]));
  const homes = lanes.map((lane) => ({ lane, items: [...lane.items] }));
  for (const invalid of board.invalid.toReversed()) {
    const before = byPlace.get(invalid.place - 1);
    const home = homes.find(({ items }) => items.some((item) => item.kind === "card" && item.card === before));
    const at = home?.items.findIndex((item) => item.kind === "card" && item.card === before) ?? -1;
    (home ?? homes[0])?.items.splice(at + 1, 0, { kind: "invalid", invalid });
  }
  return homes.map(({ lane, items }) => ({ ...lane, items }));
}

/** What was logged last is on top: the file's order is that of the proposals, not of the work. */
function newestFirstWhenDone(lane: Lane): Lane {
  if (lane.status !== "done") return lane;
  return { ...lane, items: lane.items.toReversed().toSorted((one, other) => lastTask(other) - lastTask(one)) };
}

function lastTask(item: LaneItem): number {
  const ids =
    item.kind === "card" ? item.card.logRefs.map(({ taskId = "" }) => Number(/\d+$/.exec(taskId)?.[0] ?? 0)) : [];
  return Math.max(0, ...ids);
}

/** The board as it is once these moves are written. */
export function withMoves(board: BoardView, moves: ReadonlyMap<string, string>): BoardView {
  if (moves.size === 0) return board;
  const lanes = board.lanes.map(({ name, cards }) => ({
    name,
    cards: cards.map((card) => {
      const status = moves.get(card.id);
      return status === undefined ? card : { ...card, status };
    }),
  }));
  return { ...board, lanes };
}
