import "./run-list.css";
import type { ReactElement } from "react";
import type { AgentRunsPage, AgentSettings } from "../../shared/agents.ts";
import type { RosterView } from "../../shared/roster.ts";
import { problemWords } from "../platform/api.ts";
import { byRoster, byRuns } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { settingsPath } from "./agents-api.ts";
import { listWords as words } from "./list-words.ts";
import { MonthFigures, RunFilters } from "./run-filters.tsx";
import { RunList } from "./run-list.tsx";
import { type RunFilter, runsPath } from "./runs-path.ts";

const noFilter: RunFilter = { agent: "", status: "" };

/** The runs that fit the filter, what the month came to, and what to do where there is none. */
export function Runs(props: {
  readonly filter: RunFilter;
  readonly change: (filter: RunFilter) => void;
  readonly runAgent: () => void;
}): ReactElement | null {
  const { filter, change } = props;
  const { value: page, problem, refresh } = useResource<AgentRunsPage>(runsPath(filter), byRuns);
  const hasCost = page?.month.cost !== undefined || page?.runs.some(({ usage }) => usage.cost !== undefined);
  const currency = useResource<AgentSettings>(hasCost ? settingsPath : undefined).value?.currency ?? "";
  const roster = useResource<RosterView>("/roster", byRoster).value;
  if (!page) return problem === undefined ? null : <ProblemNote {...problemWords(problem)} retry={refresh} />;
  const isFiltered = filter.agent !== "" || filter.status !== "";
  if (page.total === 0 && !isFiltered) {
    return (
      <EmptyState title={words.emptyTitle} text={words.emptyText}>
        <button type="button" className="button button-main" onClick={props.runAgent}>
          {words.runAgent}
        </button>
      </EmptyState>
    );
  }
  const known = [...(roster?.agents ?? []), ...(roster?.offered ?? [])].map(({ key }) => key);
  const agents = [...page.runs.map(({ agent }) => agent), ...known];
  return (
    <>
      <MonthFigures page={page} currency={currency} />
      <RunFilters filter={filter} agents={agents} found={page.total} change={change} />
      {page.total === 0 && (
        <EmptyState title={words.noMatchTitle}>
          <button type="button" className="button" onClick={() => change(noFilter)}>
            {words.clear}
          </button>
        </EmptyState>
      )}
      {page.total > 0 && <RunList key={JSON.stringify(filter)} first={page} filter={filter} currency={currency} />}
    </>
  );
}
