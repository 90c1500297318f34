import { useState } from "react";
import { type OpenRun, useRun } from "./use-run.ts";
import { type RunDecision, useRunDecision } from "./use-run-decision.ts";

export interface RunReview extends OpenRun {
  readonly decision: RunDecision;
  readonly isInputShown: boolean;
  readonly toggleInput: () => void;
}

/** One run as it is looked at, wherever that is: followed, and with what the person is about to decide. */
export function useRunReview(id: string, onAgain: (runId: string) => void): RunReview {
  const open = useRun(id);
  const decision = useRunDecision(open.run, { refresh: open.refresh, onAgain });
  const [isInputShown, setInputShown] = useState(false);
  return { ...open, decision, isInputShown, toggleInput: () => setInputShown(!isInputShown) };
}
