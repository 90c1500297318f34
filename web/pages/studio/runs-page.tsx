import { type ReactElement, useEffect } from "react";
import { Redirect, useLocation, useSearchParams } from "wouter";
import type { AgentRunsPage, AgentSettings } from "../../../shared/agents.ts";
import type { RosterView } from "../../../shared/roster.ts";
import { settingsPath } from "../../agents/agents-api.ts";
import { listWords as words } from "../../agents/list-words.ts";
import { MonthFigures, type RunFilter, RunFilters, RunList, runsPath } from "../../agents/run-list.tsx";
import { problemWords } from "../../platform/api.ts";
import { newProjectAddress, newRunAddress } from "../../platform/studio-address.ts";
import { byRoster, byRuns } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Icon } from "../../ui/icons.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { NewRunPanel, wishOf } from "./new-run-panel.tsx";
import type { StudioPageProps } from "./studio-page.ts";

/** Every run, by agent and by how it ended; beside it the form that asks for one. */
export function RunsPage({ openSide, providers }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const isNew = parameters.has("new");
  // With the form open, `agent` names who is asked.
  const filter: RunFilter = {
    agent: isNew ? "" : (parameters.get("agent") ?? ""),
    status: parameters.get("status") ?? "",
  };
  const { value: page, problem, refresh } = useResource<AgentRunsPage>(runsPath(filter), byRuns);
  const hasCost = page?.month.cost !== undefined || page?.runs.some(({ usage }) => usage.cost !== undefined);
  const currency = useResource<AgentSettings>(hasCost ? settingsPath : undefined).value?.currency ?? "";
  const roster = useResource<RosterView>("/roster", byRoster).value;
  useEffect(() => {
    document.title = `${words.title} · Folio`;
  }, []);
  if (parameters.has("project")) return <Redirect to={newProjectAddress} />;
  const show = (next: RunFilter): void => {
    const query = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ""));
    navigate(query.size === 0 ? "/studio/runs" : `/studio/runs?${query}`);
  };
  const isFiltered = filter.agent !== "" || filter.status !== "";
  const isEmpty = page !== undefined && page.total === 0;
  const openForm = (): void => navigate(newRunAddress());
  const seen = (page?.runs ?? []).map(({ agent }) => agent);
  const known = [...(roster?.agents ?? []), ...(roster?.offered ?? [])].map(({ key }) => key);
  return (
    <>
      <PageBar openSide={openSide} title={words.title}>
        <button type="button" className="button" onClick={openForm}>
          <Icon name="play" />
          <span className="act-words">{words.runAgent}</span>
        </button>
      </PageBar>
      <div className="page-columns">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <section className="page-content" aria-label={words.title} tabIndex={0}>
          {problem !== undefined && !page && <ProblemNote {...problemWords(problem)} retry={refresh} />}
          {page && (!isEmpty || isFiltered) && (
            <>
              <MonthFigures page={page} currency={currency} />
              <RunFilters filter={filter} agents={[...seen, ...known]} found={page.total} change={show} />
            </>
          )}
          {isEmpty && (
            <EmptyState
              title={isFiltered ? words.noMatchTitle : words.emptyTitle}
              {...(isFiltered ? {} : { text: words.emptyText })}
            >
              <button
                type="button"
                className={isFiltered ? "button" : "button button-main"}
                onClick={isFiltered ? () => show({ agent: "", status: "" }) : openForm}
              >
                {isFiltered ? words.clear : words.runAgent}
              </button>
            </EmptyState>
          )}
          {page && !isEmpty && (
            <RunList key={JSON.stringify(filter)} first={page} filter={filter} currency={currency} />
          )}
        </section>
        {isNew && (
          <NewRunPanel wish={wishOf(parameters)} providers={providers} onClose={() => navigate("/studio/runs")} />
        )}
      </div>
    </>
  );
}
