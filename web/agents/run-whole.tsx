import "./run-review.css";
import type { ReactElement } from "react";
import { runActs } from "./run-acts.tsx";
import { RunBody } from "./run-body.tsx";
import { RunHead } from "./run-head.tsx";
import { RunProblem, useAcceptKey } from "./run-panel.tsx";
import { useRunReview } from "./use-run-review.ts";

/** A run on a page of its own, or as the step of something larger. */
export function RunWhole(props: {
  readonly id: string;
  readonly onOther: (runId: string) => void;
  readonly level?: 2 | 3;
}): ReactElement {
  const review = useRunReview(props.id, props.onOther);
  useAcceptKey(review);
  const { run, decision } = review;
  if (!run) return <RunProblem review={review} />;
  const acts = runActs(run, decision);
  return (
    <div className="agent-whole" data-status={run.status}>
      <RunHead
        run={run}
        text={review.text}
        isInputShown={review.isInputShown}
        toggleInput={review.toggleInput}
        level={props.level ?? 2}
      />
      <RunBody run={run} review={review} />
      {acts && <div className="agent-whole-foot">{acts}</div>}
    </div>
  );
}
