import type { AgentRunSummary, AgentRunsPage } from "../../shared/agents.ts";
import type { RunRecords } from "./run-records.ts";

export interface RunsQuery {
  readonly after: string | undefined;
  readonly limit: number;
  readonly agent: string | undefined;
  /** One, or several with commas between. */
  readonly status: string | undefined;
  readonly path: string | undefined;
}

/** One page of the runs, newest first; the figures are of all runs. `month`: `YYYY-MM` as the runs' times have it. */
export async function listRuns(records: RunRecords, query: RunsQuery, month: string): Promise<AgentRunsPage> {
  const all = (await records.list()).map(({ summary }) => summary);
  const statuses = query.status?.split(",");
  const matching = all.filter(
    (run) =>
      (query.agent === undefined || run.agent === query.agent) &&
      (statuses === undefined || statuses.includes(run.status)) &&
      (query.path === undefined || run.target === query.path),
  );
  const start = query.after === undefined ? 0 : matching.findIndex(({ id }) => id === query.after) + 1;
  const runs = matching.slice(start, start + query.limit);
  const last = runs.at(-1);
  const hasMore = last !== undefined && start + runs.length < matching.length;
  const count = (status: string): number => all.filter((run) => run.status === status).length;
  return {
    runs,
    total: matching.length,
    waiting: count("waiting"),
    running: count("running"),
    month: figuresOf(all.filter(({ started }) => started.startsWith(month))),
    ...(hasMore ? { next: last.id } : {}),
  };
}

function figuresOf(runs: readonly AgentRunSummary[]): AgentRunsPage["month"] {
  let tokens = 0;
  let cost: number | undefined;
  for (const { usage } of runs) {
    tokens += (usage.in ?? 0) + (usage.out ?? 0);
    if (usage.cost !== undefined) cost = (cost ?? 0) + usage.cost;
  }
  return { runs: runs.length, tokens, ...(cost === undefined ? {} : { cost }) };
}
