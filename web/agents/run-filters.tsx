import "./run-list.css";
import type { ReactElement } from "react";
import type { AgentRunStatus, AgentRunsPage } from "../../shared/agents.ts";
import { moneyWords, shortCount } from "../ui/number-words.ts";
import { statusWords } from "./agents-words.ts";
import { listWords as words } from "./list-words.ts";
import type { RunFilter } from "./runs-path.ts";

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
