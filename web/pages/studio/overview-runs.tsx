import { type ReactElement, useEffect, useState } from "react";
import { Link } from "wouter";
import type { AgentRunSummary, AgentRunsPage, AgentSettings } from "../../../shared/agents.ts";
import { goalLine } from "../../agents/goal-line.ts";
import { problemWords, request } from "../../platform/api.ts";
import { runAddress } from "../../platform/studio-address.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { directionOf } from "../../ui/direction.ts";
import { Icon } from "../../ui/icons.tsx";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { moneyWords } from "../../ui/number-words.ts";
import { Section } from "../../ui/section.tsx";
import { clockOrDay, durationWords } from "../../ui/time-words.ts";
import { useToast } from "../../ui/toasts.tsx";
import { words } from "./words.ts";

const tickMs = 1000;
const shownRuns = 6;

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const tones: Readonly<Partial<Record<AgentRunSummary["status"], string>>> = {
  waiting: "badge-marker",
  written: "badge-good",
  refused: "badge-bad",
  failed: "badge-bad",
};

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function LiveRun({ run }: { readonly run: AgentRunSummary }): ReactElement {
  const now = useNow();
  const show = useToast();
  const [isStopping, setStopping] = useState(false);
  const stop = (): void => {
    setStopping(true);
    request(`/agents/runs/${encodeURIComponent(run.id)}/stop`, { method: "POST" }).catch((thrown: unknown) => {
      setStopping(false);
      show({ text: problemWords(thrown).title, icon: "warning" });
    });
  };
  const facts = [
    durationWords(Math.max(0, now - Date.parse(run.started))),
    ...(run.usage.out === undefined ? [] : [words.tokens(run.usage.out.toLocaleString("en"))]),
  ];
  return (
    <li className="live-run">
      <span className="live-ring" />
      <div className="live-words">
        <p className="live-goal" dir={directionOf(run.goal)}>
          <Link className="live-agent" href={runAddress(run.id)}>
            <bdi>{visibleText(run.agent)}</bdi>
          </Link>{" "}
          <span>{goalLine(run.goal)}</span>
        </p>
        <p className="live-note">
          {words.willWrite} <bdi className="mono">{visibleText(fileName(run.target))}</bdi> {words.afterYes}
        </p>
      </div>
      <span className="live-facts numbers">{facts.join(" · ")}</span>
      <button type="button" className="button" disabled={isStopping} onClick={stop}>
        <Icon name="stop" />
        {isStopping ? words.stopping : words.stop}
      </button>
    </li>
  );
}

function RunRow({ run, currency }: { readonly run: AgentRunSummary; readonly currency: string }): ReactElement {
  return (
    <li className="run-row">
      <Link className="run-agent row-cover" href={runAddress(run.id)}>
        <bdi>{visibleText(run.agent)}</bdi>
      </Link>
      <span className="run-goal" dir={directionOf(run.goal)}>
        {goalLine(run.goal)}
      </span>
      <span className="run-status">
        <span className={`badge ${tones[run.status] ?? "badge-line"}`}>{run.status}</span>
      </span>
      <time className="run-fact numbers" dateTime={run.started}>
        {clockOrDay(new Date(run.started), new Date())}
      </time>
      <span className="run-fact numbers">{durationWords(run.usage.ms)}</span>
      <span className="run-fact numbers">
        {run.usage.cost === undefined ? "" : moneyWords(run.usage.cost, currency)}
      </span>
    </li>
  );
}

/** The runs that go on now, with Stop, and the last ones. */
export function OverviewRuns({ page }: { readonly page: AgentRunsPage | undefined }): ReactElement {
  const runs = page?.runs ?? [];
  const hasCost = runs.some(({ usage }) => usage.cost !== undefined);
  const currency = useResource<AgentSettings>(hasCost ? "/agents/settings" : undefined).value?.currency ?? "$";
  const live = runs.filter(({ status }) => status === "running");
  const others = runs.filter(({ status }) => status !== "running").slice(0, shownRuns);
  return (
    <Section
      title={words.runs}
      note={words.newestFirst}
      acts={
        page !== undefined &&
        page.total > 0 && (
          <Link className="button button-quiet" href="/studio/runs">
            {words.allRuns(page.total)}
          </Link>
        )
      }
    >
      {page !== undefined && runs.length === 0 && <p className="overview-none">{words.noRuns}</p>}
      <ul className="plain-list">
        {live.map((run) => (
          <LiveRun key={run.id} run={run} />
        ))}
        {others.map((run) => (
          <RunRow key={run.id} run={run} currency={currency} />
        ))}
      </ul>
    </Section>
  );
}
