import "./run-list.css";
import { type ReactElement, useState } from "react";
import { Link } from "wouter";
import type { AgentRunStatus, AgentRunSummary, AgentRunsPage } from "../../shared/agents.ts";
import { problemWords } from "../platform/api.ts";
import { documentAddress, runAddress } from "../platform/studio-address.ts";
import { byRuns } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { directionOf } from "../ui/direction.ts";
import { Icon } from "../ui/icons.tsx";
import { moneyWords, shortCount } from "../ui/number-words.ts";
import { clockOrDay, durationWords } from "../ui/time-words.ts";
import { useToast } from "../ui/toasts.tsx";
import { stopAgentRun } from "./agents-api.ts";
import { runWords, statusWords } from "./agents-words.ts";
import { fileName } from "./file-name.ts";
import { listWords as words } from "./list-words.ts";
import { RunBadge } from "./run-badge.tsx";
import { useElapsed } from "./run-head.tsx";

const pageSize = 50;

export interface RunFilter {
  readonly agent: string;
  readonly status: string;
}

export function runsPath({ agent, status }: RunFilter, after?: string): string {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (agent !== "") query.set("agent", agent);
  if (status !== "") query.set("status", status);
  if (after !== undefined) query.set("after", after);
  return `/agents/runs?${query}`;
}

/** A run that is at work: dashed, because nothing of it is on disk. */
function LiveRow({ run }: { readonly run: AgentRunSummary }): ReactElement {
  const elapsed = useElapsed(run);
  const show = useToast();
  const [isStopping, setStopping] = useState(false);
  const stop = (): void => {
    setStopping(true);
    stopAgentRun(run.id).catch((thrown: unknown) => {
      setStopping(false);
      show({ text: problemWords(thrown).title, icon: "warning" });
    });
  };
  return (
    <li className="agents-live">
      <span className="agents-live-ring" />
      <div className="agents-live-words">
        <p className="agents-goal" dir={directionOf(run.goal)}>
          <Link className="agents-name" href={runAddress(run.id)}>
            <bdi>{run.agent}</bdi>
          </Link>{" "}
          {run.goal}
        </p>
        <p className="agent-note">
          {runWords.willWrite}{" "}
          <bdi className="mono" dir="ltr">
            {fileName(run.target)}
          </bdi>{" "}
          {runWords.afterYes}
        </p>
      </div>
      <span className="agents-fact numbers">{durationWords(elapsed)}</span>
      <button type="button" className="button" aria-disabled={isStopping} onClick={() => !isStopping && stop()}>
        <Icon name="stop" />
        {isStopping ? runWords.stopping : runWords.stop}
      </button>
    </li>
  );
}

/** What waits is looked at beside its document; what is over, on its own page. */
function addressOf({ id, status, target, isScratch }: AgentRunSummary): string {
  return status === "waiting" && !isScratch ? documentAddress(target, { run: id }) : runAddress(id);
}

function Row({ run, currency }: { readonly run: AgentRunSummary; readonly currency: string }): ReactElement {
  const tokens = (run.usage.in ?? 0) + (run.usage.out ?? 0);
  return (
    <li className="agents-row">
      <Link className="agents-name agents-cover" href={addressOf(run)}>
        <bdi>{run.agent}</bdi>
      </Link>
      <span className="agents-goal" dir={directionOf(run.goal)}>
        {run.goal}
      </span>
      <bdi className="agents-target mono" dir="ltr">
        {fileName(run.target)}
      </bdi>
      <span className="agents-status">
        <RunBadge status={run.status} />
        {run.isScratch && <span className="badge badge-dashed">{words.scratch}</span>}
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
        <LiveRow key={run.id} run={run} />
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
  const shown = (more + 1) * pageSize;
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

/** What the month came to. */
export function MonthFigures({
  page,
  currency,
}: {
  readonly page: AgentRunsPage;
  readonly currency: string;
}): ReactElement {
  const { month, waiting } = page;
  return (
    <ul className="agents-figures">
      {waiting > 0 && (
        <li>
          <span className="agents-figure numbers">{waiting}</span> {words.waiting}
        </li>
      )}
      <li>
        <span className="agents-figure numbers">{month.runs.toLocaleString("en")}</span>{" "}
        {words.runsThisMonth(month.runs)}
      </li>
      <li>
        <span className="agents-figure numbers">{shortCount(month.tokens)}</span> {words.tokensThisMonth}
      </li>
      {month.cost !== undefined && (
        <li>
          <span className="agents-figure numbers">{moneyWords(month.cost, currency)}</span> {words.costThisMonth}
        </li>
      )}
    </ul>
  );
}

/** Which runs are shown: of whom, and how they ended. */
export function RunFilters(props: {
  readonly filter: RunFilter;
  readonly agents: readonly string[];
  readonly found: number | undefined;
  readonly change: (filter: RunFilter) => void;
}): ReactElement {
  const { filter, change } = props;
  const agents = [...new Set([...props.agents, ...(filter.agent === "" ? [] : [filter.agent])])].toSorted();
  const isFiltered = filter.agent !== "" || filter.status !== "";
  return (
    <search className="agents-filters">
      <select
        className="input"
        aria-label={words.agent}
        value={filter.agent}
        onChange={(event) => change({ ...filter, agent: event.currentTarget.value })}
      >
        <option value="">{words.anyAgent}</option>
        {agents.map((agent) => (
          <option key={agent}>{agent}</option>
        ))}
      </select>
      <select
        className="input"
        aria-label={words.status}
        value={filter.status}
        onChange={(event) => change({ ...filter, status: event.currentTarget.value })}
      >
        <option value="">{words.anyStatus}</option>
        {(Object.keys(statusWords) as AgentRunStatus[]).map((status) => (
          <option key={status} value={status}>
            {statusWords[status]}
          </option>
        ))}
      </select>
      {isFiltered && (
        <button type="button" className="button button-quiet" onClick={() => change({ agent: "", status: "" })}>
          {words.clear}
        </button>
      )}
      <span className="agents-found numbers" role="status">
        {props.found !== undefined && words.found(props.found)}
      </span>
    </search>
  );
}
