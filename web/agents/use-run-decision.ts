import { useMemo, useState } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { problemCode } from "../platform/api.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { acceptRun, askAgain, rejectRun, stopAgentRun } from "./agents-api.ts";
import { mergeChange } from "./merge-change.ts";
import { newRunId } from "./new-run-id.ts";
import { pickedText, type Segment, segmentsOf } from "./pick-changes.ts";

export type ReviewMode = "review" | "edit" | "pick";
type Busy = "accept" | "reject" | "again" | "stop";

/** What is compared with what, and written when the person accepts. */
export interface Comparison {
  readonly base: string | null;
  readonly before: string;
  readonly after: string;
  /** Set once it was compared with a document that changed meanwhile. */
  readonly kind?: "merged" | "over" | "gone";
}

export interface RunDecision {
  readonly mode: ReviewMode;
  readonly setMode: (mode: ReviewMode) => void;
  /** Undefined while there is nothing to decide, or the document has changed unseen. */
  readonly comparison: Comparison | undefined;
  readonly compareAgain: () => void;
  readonly edited: string;
  readonly edit: (text: string) => void;
  readonly segments: readonly Segment[];
  readonly left: ReadonlySet<number>;
  readonly toggle: (change: number) => void;
  /** Whether what would be written differs from what is there. */
  readonly hasChange: boolean;
  readonly busy: Busy | undefined;
  readonly problem: unknown;
  readonly accept: () => void;
  readonly reject: (reason: string) => void;
  readonly stop: () => void;
  /** Asks anew; the id of the new run is given to `onAgain`. */
  readonly again: (note: string) => void;
}

const draftKey = (id: string): string => `folio.run.${id}`;

function comparisonOf(run: AgentRunView | undefined, seen: string | null | undefined): Comparison | undefined {
  const { change } = run ?? {};
  if (!change) return undefined;
  const { base, before, after } = change;
  if (!change.isStale) return { base, before, after };
  const revision = change.currentRevision ?? null;
  if (seen !== revision) return undefined;
  const current = change.current ?? "";
  if (revision === null) return { base: null, before: "", after, kind: "gone" };
  const merged = mergeChange(before, after, current);
  if (merged !== undefined) return { base: revision, before: current, after: merged, kind: "merged" };
  return { base: revision, before: current, after, kind: "over" };
}

/** What a person does about one run, and what they have prepared so far. */
export function useRunDecision(
  run: AgentRunView | undefined,
  options: { readonly refresh: () => void; readonly onAgain: (runId: string) => void },
): RunDecision {
  const id = run?.id ?? "";
  const [mode, setMode] = useState<ReviewMode>("review");
  const [seen, setSeen] = useState<string | null>();
  const [draft, setDraft] = useState<string>();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [state, setState] = useState<{ readonly busy?: Busy; readonly problem?: unknown }>({});
  const comparison = useMemo(() => comparisonOf(run, seen), [run, seen]);
  const segments = useMemo(
    () => (mode === "pick" && comparison ? segmentsOf(comparison.before, comparison.after) : []),
    [mode, comparison],
  );
  const edited = draft ?? readStored(draftKey(id)) ?? comparison?.after ?? "";
  const text = textOf(mode, { edited, segments, left, after: comparison?.after ?? "" });
  const act = (busy: Busy, work: () => Promise<unknown>): void => {
    setState({ busy });
    work().then(
      () => setState({}),
      (problem: unknown) => {
        // What changed meanwhile shows itself: the acts go, or the comparison is asked for.
        if (problemCode(problem) === "stale") options.refresh();
        setState({ problem });
      },
    );
  };
  const hasChange = comparison !== undefined && text !== comparison.before;
  return {
    mode,
    setMode: (next) => {
      setState({});
      setMode(next);
    },
    comparison,
    compareAgain: () => {
      setState({});
      setSeen(run?.change?.currentRevision ?? null);
      setMode("review");
    },
    edited,
    edit: (next) => {
      setDraft(next);
      writeStored(draftKey(id), next);
    },
    segments,
    left,
    toggle: (change) =>
      setLeft(new Set(left.has(change) ? [...left].filter((each) => each !== change) : [...left, change])),
    hasChange,
    busy: state.busy,
    problem: state.problem,
    accept: () => {
      if (!comparison || !hasChange || state.busy !== undefined) return;
      const body = { base: comparison.base, ...(text === run?.change?.after ? {} : { text }) };
      act("accept", async () => {
        await acceptRun(id, body);
        writeStored(draftKey(id), undefined);
        setMode("review");
        options.refresh();
      });
    },
    reject: (reason) =>
      act("reject", async () => {
        await rejectRun(id, reason);
        writeStored(draftKey(id), undefined);
        options.refresh();
      }),
    stop: () => act("stop", () => stopAgentRun(id)),
    again: (note) =>
      act("again", async () => {
        const { runId } = await askAgain(id, { id: newRunId(), ...(note.trim() === "" ? {} : { note: note.trim() }) });
        options.onAgain(runId);
      }),
  };
}

function textOf(
  mode: ReviewMode,
  parts: {
    readonly edited: string;
    readonly segments: readonly Segment[];
    readonly left: ReadonlySet<number>;
    readonly after: string;
  },
): string {
  if (mode === "edit") return parts.edited;
  if (mode === "pick") return pickedText(parts.segments, (change) => !parts.left.has(change));
  return parts.after;
}
