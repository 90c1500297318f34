import { useMemo, useState } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { problemCode } from "../platform/api.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { acceptRun, askAgain, rejectRun, stopAgentRun } from "./agents-api.ts";
import { type Comparison, compareRun } from "./compare-run.ts";
import { newRunId } from "./new-run-id.ts";
import { pickedText, type Segment, segmentsOf } from "./pick-changes.ts";

export type ReviewMode = "review" | "edit" | "pick";
type Busy = "accept" | "reject" | "again" | "stop";

/** What would be written: the answer, as the person edited it, or some of its changes. */
interface Prepared {
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
}

export interface RunDecision extends Prepared {
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

function usePrepared(run: AgentRunView | undefined): Prepared {
  const [mode, setMode] = useState<ReviewMode>("review");
  const [seen, setSeen] = useState<string | null>();
  const [draft, setDraft] = useState<string>();
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const comparison = useMemo(() => compareRun(run, seen), [run, seen]);
  const segments = useMemo(
    () => (mode === "pick" && comparison ? segmentsOf(comparison.before, comparison.after) : []),
    [mode, comparison],
  );
  const key = draftKey(run?.id ?? "");
  return {
    mode,
    setMode,
    comparison,
    compareAgain: () => {
      setSeen(run?.change?.currentRevision ?? null);
      setMode("review");
      setLeft(new Set());
    },
    edited: draft ?? readStored(key) ?? comparison?.after ?? "",
    edit: (next) => {
      setDraft(next);
      writeStored(key, next);
    },
    segments,
    left,
    toggle: (change) =>
      setLeft(new Set(left.has(change) ? [...left].filter((each) => each !== change) : [...left, change])),
  };
}

function textOf({ mode, edited, segments, left, comparison }: Prepared): string {
  if (mode === "edit") return edited;
  if (mode === "pick") return pickedText(segments, (change) => !left.has(change));
  return comparison?.after ?? "";
}

/** What a person does about one run, and what they have prepared so far. */
export function useRunDecision(
  run: AgentRunView | undefined,
  options: { readonly refresh: () => void; readonly onAgain: (runId: string) => void },
): RunDecision {
  const id = run?.id ?? "";
  const prepared = usePrepared(run);
  const [state, setState] = useState<{ readonly busy?: Busy; readonly problem?: unknown }>({});
  const { comparison } = prepared;
  const text = textOf(prepared);
  const hasChange = comparison !== undefined && text !== comparison.before;
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
  const decide = (busy: Busy, work: () => Promise<unknown>): void =>
    act(busy, async () => {
      await work();
      writeStored(draftKey(id), undefined);
      prepared.setMode("review");
      options.refresh();
    });
  return {
    ...prepared,
    setMode: (mode) => {
      setState({});
      prepared.setMode(mode);
    },
    hasChange,
    busy: state.busy,
    problem: state.problem,
    accept: () => {
      if (!comparison || !hasChange || state.busy !== undefined) return;
      const isOwn = text === run?.change?.after;
      decide("accept", () => acceptRun(id, { base: comparison.base, ...(isOwn ? {} : { text }) }));
    },
    reject: (reason) => decide("reject", () => rejectRun(id, reason)),
    stop: () => act("stop", () => stopAgentRun(id)),
    again: (note) =>
      act("again", async () => {
        const { runId } = await askAgain(id, { id: newRunId(), ...(note.trim() === "" ? {} : { note: note.trim() }) });
        options.onAgain(runId);
      }),
  };
}
