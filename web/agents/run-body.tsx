import type { ReactElement } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { problemWords } from "../platform/api.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { AgainField } from "./again-field.tsx";
import { runWords as words } from "./agents-words.ts";
import { LiveText } from "./live-text.tsx";
import { ReadableChange } from "./readable-change.tsx";
import { RunChange } from "./run-change.tsx";
import { RunInput } from "./run-input.tsx";
import { RunLinks } from "./run-links.tsx";
import { RunLogEntry } from "./run-log-entry.tsx";
import { RunOutcome } from "./run-outcome.tsx";
import { Folded, Remarks } from "./run-remarks.tsx";
import type { RunReview } from "./use-run-review.ts";

/** What a run has brought so far, and all about it that a decision needs. */
export function RunBody({ run, review }: { readonly run: AgentRunView; readonly review: RunReview }): ReactElement {
  const { decision, text } = review;
  const isOpen = run.status === "running" || run.status === "waiting";
  const { change } = run;
  const isStaleUnseen = run.status === "waiting" && change !== undefined && decision.comparison === undefined;
  return (
    <div className="agent-run">
      {review.isInputShown && <RunInput id={run.id} canReplay={run.status !== "running"} />}
      {decision.problem !== undefined && (
        <div className="agent-run-problem">
          <ProblemNote {...problemWords(decision.problem)} />
        </div>
      )}
      <RunOutcome run={run} />
      {run.status === "running" && <LiveText run={run} text={text} attempt={review.attempt} />}
      {isStaleUnseen && (
        <div className="agent-stale" role="status">
          <p className="agent-outcome-title">{words.staleTitle}</p>
          <p>{words.staleText}</p>
        </div>
      )}
      {run.status === "waiting" && change && <RunChange path={change.path} decision={decision} />}
      {isStaleUnseen && <ReadableChange before={change.before} after={change.after} path={change.path} />}
      {!isOpen && change && <ReadableChange before={change.before} after={change.after} path={change.path} />}
      <div className="agent-run-end">
        <Remarks title={words.notes} items={change?.notes ?? []} />
        <Remarks title={words.flags} items={run.flags} />
        {!isOpen && run.status !== "written" && run.text !== "" && <Folded title={words.fullAnswer} text={run.text} />}
        {run.reasoning !== undefined && <Folded title={words.reasoning} text={run.reasoning} />}
        <RunLinks run={run} />
        <RunLogEntry run={run} />
        {run.status !== "running" && <AgainField run={run} review={review} />}
      </div>
    </div>
  );
}
