import "./run-review.css";
import { type ReactElement, useEffect } from "react";
import { problemCode, problemWords } from "../platform/api.ts";
import { useKeys } from "../platform/keyboard.ts";
import { usePanelWidth } from "../platform/panel-width.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { runWords as words } from "./agents-words.ts";
import type { Comparison } from "./compare-run.ts";
import { runActs } from "./run-acts.tsx";
import { RunBody } from "./run-body.tsx";
import { RunHead } from "./run-head.tsx";
import { type RunReview, useRunReview } from "./use-run-review.ts";

const firstWidth = 560;

/** ⌘/Ctrl Enter accepts, wherever the focus is but in the editor of the document beside. */
export function useAcceptKey({ decision, run }: RunReview): void {
  const canAccept = run?.status === "waiting" && !run.isScratch;
  useKeys(
    canAccept
      ? [
          {
            key: "Enter",
            mod: true,
            inFields: true,
            run: () => {
              if (document.activeElement?.closest(".document-editor, .composer") === null) decision.accept();
            },
          },
        ]
      : [],
  );
}

export function RunProblem({ review }: { readonly review: RunReview }): ReactElement | null {
  const { problem, run, refresh } = review;
  if (run) return null;
  if (problem === undefined) return <p role="status">{words.opening}</p>;
  if (problemCode(problem) === "not-found") return <EmptyState title={words.gone} text={words.goneText} />;
  return <ProblemNote {...problemWords(problem)} retry={refresh} />;
}

/** A run beside the document that it is about. `onCompared` is told what the diff compares, for the document's own page. */
export function RunPanel(props: {
  readonly id: string;
  readonly onClose: () => void;
  readonly onOther: (runId: string) => void;
  readonly onCompared?: (comparison: Comparison | undefined) => void;
}): ReactElement {
  const [width, setWidth] = usePanelWidth(firstWidth);
  const review = useRunReview(props.id, props.onOther);
  useAcceptKey(review);
  const { run, decision } = review;
  const compared = run?.status === "waiting" ? decision.comparison : undefined;
  const { onCompared } = props;
  useEffect(() => {
    onCompared?.(compared);
  }, [compared, onCompared]);
  const label = run ? `${words.run}: ${run.agent}` : words.run;
  const acts = run && runActs(run, decision);
  return (
    <SidePanel
      label={label}
      head={
        run ? (
          <RunHead run={run} text={review.text} isInputShown={review.isInputShown} toggleInput={review.toggleInput} />
        ) : (
          <h2 className="agent-run-name">{words.run}</h2>
        )
      }
      {...(acts ? { foot: acts } : {})}
      width={width}
      onResize={setWidth}
      onClose={props.onClose}
    >
      <RunProblem review={review} />
      {run && <RunBody run={run} review={review} />}
    </SidePanel>
  );
}
