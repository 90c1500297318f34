import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { AgentRunSummary, AgentRunsPage } from "../../shared/agents.ts";
import { documentAddress, runAddress } from "../platform/studio-address.ts";
import { byRuns } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { moneyWords, shortCount } from "../ui/number-words.ts";
import { clockOrDay, durationWords } from "../ui/time-words.ts";
import { fileName } from "./file-name.ts";
import { listWords as words } from "./list-words.ts";
import { LiveRunRow } from "./live-run-row.tsx";
import { RunBadge } from "./run-badge.tsx";
import { RunGoal } from "./run-goal.tsx";
import { type RunFilter, runsPageSize, runsPath } from "./runs-path.ts";

/** What waits is looked at beside its document; what is over, on its own page. */
function addressOf({ id, status, target, isScratch }: AgentRunSummary): string {
  return status === "waiting" && !isScratch ? documentAddress(target, { run: id }) : runAddress(id);
}

function Row({ run, currency }: { readonly run: AgentRunSummary; readonly currency: string }): ReactElement {
  const tokens = (run.usage.in ?? 0) + (run.usage.out ?? 0);
  return (
    <li className="agents-row">
      <Link className="agents-name agents-cover" href={addressOf(run)}>
        <bdi>{visibleText(run.agent)}</bdi>
      </Link>
      <span className="agents-goal">
        <RunGoal run={run} />
      </span>
      <bdi className="agents-target mono" dir="ltr">
        {visibleText(fileName(run.target))}
      </bdi>
      <span className="agents-status">
        <RunBadge status={run.status} isScratch={run.isScratch} />
      </span>
      <time className="agents-fact numbers" dateTime={run.started}>
        {clockOrDay(new Date(run.started), new Date())}
      </time>
      <span className="agents-fact agents-wide numbers">{durationWords(run.usage.ms)}</span>
      <span className="agents-fact agents-wide numbers">{tokens > 0 && shortCount(tokens)}</span>
      <span className="agents-fact agents-wide numbers">
        {run.usage.cost !== undefined && moneyWords(run.usage.cost, currency)}
      </span>
    </li>
  );
}

/** One page of the list; the next one follows it, once it is asked for, from where this one ends now. */
function Part(props: {
  readonly filter: RunFilter;
  readonly after?: string;
  readonly currency: string;
  readonly more: number;
}): ReactElement | null {
  const { filter, after, currency, more } = props;
  const page = useResource<AgentRunsPage>(runsPath(filter, after), byRuns).value;
  if (!page) return null;
  const live = page.runs.filter(({ status }) => status === "running");
  return (
    <>
      {live.map((run) => (
        <LiveRunRow key={run.id} run={run} />
      ))}
      {page.runs
        .filter(({ status }) => status !== "running")
        .map((run) => (
          <Row key={run.id} run={run} currency={currency} />
        ))}
      {page.next !== undefined && more > 0 && (
        <Part filter={filter} after={page.next} currency={currency} more={more - 1} />
      )}
    </>
  );
}

/** The runs, newest first; those at work on top. */
export function RunList(props: {
  readonly first: AgentRunsPage;
  readonly filter: RunFilter;
  readonly currency: string;
}): ReactElement {
  const [more, setMore] = useState(0);
  const shown = (more + 1) * runsPageSize;
  return (
    <>
      <ul className="agents-list">
        <Part filter={props.filter} currency={props.currency} more={more} />
      </ul>
      {props.first.total > shown && (
        <button type="button" className="button agents-more" onClick={() => setMore(more + 1)}>
          {words.more}
        </button>
      )}
    </>
  );
}
