import "./run-review.css";
import "./run-card.css";
import type { KeyboardEvent, ReactElement } from "react";
import { Link, useLocation } from "wouter";
import type { AgentRunStatus, AgentRunView } from "../../shared/agents.ts";
import type { PartView } from "../../shared/chat.ts";
import { problemWords } from "../platform/api.ts";
import { documentAddress, runAddress } from "../platform/studio-address.ts";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { runWords as words } from "./agents-words.ts";
import { runActs } from "./run-acts.tsx";
import { RunBadge } from "./run-badge.tsx";
import { LiveText } from "./run-body.tsx";
import { RunChange } from "./run-change.tsx";
import { RunLogEntry } from "./run-log-entry.tsx";
import { type RunReview, useRunReview } from "./use-run-review.ts";

/** What stands between back-ticks is a path or an id. */
function Said({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {text.split("`").map((piece, index) =>
        index % 2 === 0 ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
          <code key={index} dir="ltr">
            {visibleText(piece)}
          </code>
        ),
      )}
    </>
  );
}

const ends: ReadonlySet<string> = new Set<AgentRunStatus>([
  "written",
  "rejected",
  "refused",
  "failed",
  "stopped",
  "interrupted",
]);

/** What the conversation's own file says of a run that is over, or whose record is gone. */
function ToldRun(props: {
  readonly part: PartView;
  readonly status: AgentRunStatus | undefined;
  readonly hasRecord: boolean;
}): ReactElement {
  const { name = "agent", run } = props.part.attributes ?? {};
  return (
    <div className="run-card" data-ended="">
      <div className="run-card-line">
        {props.status === "written" && <Icon name="check" />}
        <p className="run-card-words">
          <strong>
            <bdi>@{name}</bdi>
          </strong>{" "}
          <Said text={props.part.text} />
        </p>
        {props.status !== undefined && props.status !== "written" && <RunBadge status={props.status} />}
        {props.hasRecord && run !== undefined && (
          <Link className="text-link" href={runAddress(run)}>
            {words.openRun}
          </Link>
        )}
      </div>
    </div>
  );
}

/** The number that the log entry will have. */
function taskIdOf(logEntry: string | undefined): string | undefined {
  return logEntry === undefined ? undefined : /"task_id":\s*"([^"]{1,60})"/.exec(logEntry)?.[1];
}

function OpenCard({ run, review }: { readonly run: AgentRunView; readonly review: RunReview }): ReactElement {
  const { decision } = review;
  const taskId = taskIdOf(run.logEntry);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || run.status !== "waiting") return;
    event.preventDefault();
    decision.accept();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the key is a short cut of the button in it
    <div className="run-card" onKeyDown={onKeyDown}>
      <div className="run-card-head">
        <h3 className="run-card-name">
          <bdi>@{run.agent}</bdi>
        </h3>
        <p className="run-card-goal" dir={directionOf(run.goal)}>
          {run.goal}
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
      {run.status === "waiting" && <RunLogEntry run={run} />}
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

function FollowedCard({ id, part }: { readonly id: string; readonly part: PartView }): ReactElement {
  const [, navigate] = useLocation();
  const review = useRunReview(id, (other) => navigate(runAddress(other)));
  const { run } = review;
  if (!run) return <ToldRun part={part} status={undefined} hasRecord={false} />;
  if (run.status === "running" || run.status === "waiting") return <OpenCard run={run} review={review} />;
  return <ToldRun part={part} status={run.status} hasRecord />;
}

/** A run as a part of an answer: followed and decided here while it is open, one solid line once it is over. */
export function RunCard({ part }: { readonly part: PartView }): ReactElement {
  const { run, status } = part.attributes ?? {};
  const ended = ends.has(status ?? "") ? (status as AgentRunStatus) : undefined;
  if (run === undefined || ended !== undefined) {
    return <ToldRun part={part} status={ended} hasRecord={run !== undefined} />;
  }
  return <FollowedCard id={run} part={part} />;
}
