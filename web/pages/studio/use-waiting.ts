import type { AgentRunSummary, AgentRunsPage } from "../../../shared/agents.ts";
import type { BoardView, CardView } from "../../../shared/proposals.ts";
import type { TaskLogView } from "../../../shared/task-log.ts";
import { useBoard, useTaskLog, useWaitingRuns } from "./studio-resources.ts";

/** What does not go on before a person has looked at it. */
export type WaitingItem =
  | { readonly kind: "run"; readonly run: AgentRunSummary }
  | { readonly kind: "rewritten"; readonly lost: number; readonly changed: number }
  | { readonly kind: "repair"; readonly problems: number; readonly pending: number }
  | { readonly kind: "duplicates"; readonly cards: readonly [CardView, CardView] };

/** Most urgent first: data at risk, then runs, oldest first, then proposals that may say the same. */
export function useWaiting(): readonly WaitingItem[] {
  const runs = useWaitingRuns().value;
  const log = useTaskLog().value;
  const board = useBoard().value;
  return [...logItems(log), ...runItems(runs), ...duplicateItems(board)];
}

function logItems(log: TaskLogView | undefined): readonly WaitingItem[] {
  if (!log?.exists) return [];
  const { lost = [], changed = [], state } = log.history;
  const rewritten: readonly WaitingItem[] =
    state === "rewritten" ? [{ kind: "rewritten", lost: lost.length, changed: changed.length }] : [];
  const repair: readonly WaitingItem[] =
    log.append === "pending"
      ? [{ kind: "repair", problems: log.problems.length + log.counts.invalid, pending: log.counts.pending }]
      : [];
  return [...rewritten, ...repair];
}

function runItems(page: AgentRunsPage | undefined): readonly WaitingItem[] {
  const runs = (page?.runs ?? []).filter(({ status, isScratch }) => status === "waiting" && !isScratch);
  return runs.toReversed().map((run) => ({ kind: "run", run }));
}

const open: ReadonlySet<string> = new Set(["proposed", "accepted"]);

/** Each pair once, whichever of the two names the other. */
function duplicateItems(board: BoardView | undefined): readonly WaitingItem[] {
  const cards = (board?.lanes ?? []).flatMap((lane) => lane.cards).filter(({ status }) => open.has(status ?? ""));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const pairs = new Map<string, WaitingItem>();
  for (const card of cards) {
    for (const id of card.possibleDuplicates) {
      const other = byId.get(id);
      if (other) pairs.set([card.id, id].toSorted().join(" "), { kind: "duplicates", cards: [other, card] });
    }
  }
  return [...pairs.values()];
}
