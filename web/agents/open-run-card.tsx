import "./run-card.css";
import { type ReactElement, useEffect, useRef } from "react";
import { Link } from "wouter";
import type { AgentRunView } from "../../shared/agents.ts";
import { problemWords } from "../platform/api.ts";
import { documentAddress, runAddress } from "../platform/studio-address.ts";
import { ProblemNote } from "../ui/problem-note.tsx";
import { runWords as words } from "./agents-words.ts";
import { LiveText } from "./live-text.tsx";
import { runActs } from "./run-acts.tsx";
import { RunBadge } from "./run-badge.tsx";
import { RunChange } from "./run-change.tsx";
import { RunGoal } from "./run-goal.tsx";
import { RunLogEntry } from "./run-log-entry.tsx";
import type { RunReview } from "./use-run-review.ts";

/** The number that the log entry will have. */
function taskIdOf(logEntry: string | undefined): string | undefined {
  return logEntry === undefined ? undefined : /"task_id":\s*"([^"]{1,60})"/.exec(logEntry)?.[1];
}

/** A run that is at work, or waits for a person: dashed, with its text or its change, and what can be done. */
export function OpenRunCard({ run, review }: { readonly run: AgentRunView; readonly review: RunReview }): ReactElement {
  const { decision } = review;
  const taskId = taskIdOf(run.logEntry);
  const card = useRef<HTMLDivElement>(null);
  const accept = useRef(decision.accept);
  accept.current = decision.accept;
  useEffect(() => {
    const element = card.current;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
      event.preventDefault();
      accept.current();
    };
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <div ref={card} className="run-card" role="group" aria-label={`${words.run}: ${run.agent}`}>
      <div className="run-card-head">
        <h3 className="run-card-name">
          <bdi>@{run.agent}</bdi>
        </h3>
        <p className="run-card-goal">
          <RunGoal run={run} />
        </p>
        <RunBadge status={run.status} />
      </div>
      {decision.problem !== undefined && (
        <div className="run-card-problem">
          <ProblemNote {...problemWords(decision.problem)} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
      <div className="run-card-body" tabIndex={0} role="group" aria-label={words.change}>
        {run.status === "running" && <LiveText run={run} text={review.text} attempt={review.attempt} />}
        {run.status === "waiting" && !decision.comparison && (
          <div className="agent-stale" role="status">
            <p className="agent-outcome-title">{words.staleTitle}</p>
            <p>{words.staleText}</p>
          </div>
        )}
        {run.status === "waiting" && run.change && <RunChange path={run.change.path} decision={decision} />}
      </div>
      {run.status === "waiting" && <RunLogEntry run={run} isFolded />}
      <div className="run-card-foot">
        {runActs(run, decision)}
        <Link
          className="text-link"
          href={run.status === "waiting" ? documentAddress(run.target, { run: run.id }) : runAddress(run.id)}
        >
          {run.status === "waiting" ? words.beside : words.openRun}
        </Link>
        {taskId !== undefined && <span className="agent-note mono">{words.thenTask(taskId)}</span>}
      </div>
    </div>
  );
}
