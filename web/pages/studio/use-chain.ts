import type { DocumentVersion } from "../../../shared/documents.ts";
import type { FeedbackPage, FeedbackView } from "../../../shared/feedback.ts";
import type { BoardView, CardView } from "../../../shared/proposals.ts";
import type { LogEntryView, LogItemsPage } from "../../../shared/task-log.ts";
import { byDocuments, byFeedback, byProposals, byTaskLog } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";

/** Where the walk begins: one piece of feedback or one proposal. */
export type ChainStart = { readonly feedback: string } | { readonly proposal: string };

/** Feedback → proposal → task document → log entry → version of a document; each may be missing. */
export interface ChainView {
  readonly feedback: readonly FeedbackView[];
  readonly proposals: readonly CardView[];
  readonly entries: readonly LogEntryView[];
  /** The document of the newest entry that wrote one, and its version where Folio knows it. */
  readonly document?: { readonly path: string; readonly version?: DocumentVersion };
}

/** Everything that hangs together with the start, by the ids in the files; kept up to date. */
export function useChain(start: ChainStart): ChainView {
  const board = useResource<BoardView>("/proposals", byProposals).value;
  const cards = board?.lanes.flatMap((lane) => lane.cards) ?? [];
  const proposals = cards.filter((card) =>
    "feedback" in start ? card.feedback.includes(start.feedback) : card.id === start.proposal,
  );
  const proposalIds = proposals.map(({ id }) => id);
  const feedbackIds = "feedback" in start ? [start.feedback] : [...new Set(proposals.flatMap((card) => card.feedback))];
  const feedback = useResource<FeedbackPage>(pathOf("/feedback", "id", feedbackIds), byFeedback).value;
  const ofFeedback = useResource<LogItemsPage>(pathOf("/task-log/items", "feedback", feedbackIds), byTaskLog).value;
  const ofProposal = useResource<LogItemsPage>(pathOf("/task-log/items", "proposal", proposalIds), byTaskLog).value;
  const entries = newestOnce([...(ofProposal?.items ?? []), ...(ofFeedback?.items ?? [])]);
  const path = entries
    .flatMap((entry) => entry.outputFiles)
    .find((file) => file.isSafe && file.path.startsWith(".codex/"))?.path;
  const versions = useResource<{ readonly versions: readonly DocumentVersion[] }>(
    pathOf("/documents/versions", "path", path === undefined ? [] : [path]),
    byDocuments,
  ).value?.versions;
  const version = versions?.find(({ logRef, runId }) => entries.some(({ ref }) => ref === logRef || ref === runId));
  return {
    feedback: (feedback?.items ?? []).filter((item) => item.kind === "feedback"),
    proposals,
    entries,
    ...(path === undefined ? {} : { document: { path, ...(version === undefined ? {} : { version }) } }),
  };
}

/** Asks for any of the `values`; nothing where there are none. */
function pathOf(path: string, name: string, values: readonly string[]): string | undefined {
  if (values.length === 0) return undefined;
  return `${path}?${new URLSearchParams([...values.slice(0, 50).map((value) => [name, value]), ["count", "500"]])}`;
}

function newestOnce(items: LogItemsPage["items"]): readonly LogEntryView[] {
  const byRef = new Map(items.flatMap((item) => (item.kind === "entry" ? [[item.ref, item] as const] : [])));
  return [...byRef.values()].sort((one, other) => other.index - one.index);
}
