export const runsPageSize = 50;

export interface RunFilter {
  readonly agent: string;
  readonly status: string;
}

/** The address of one page of the runs. */
export function runsPath({ agent, status }: RunFilter, after?: string): string {
  const query = new URLSearchParams({ limit: String(runsPageSize) });
  if (agent !== "") query.set("agent", agent);
  if (status !== "") query.set("status", status);
  if (after !== undefined) query.set("after", after);
  return `/agents/runs?${query}`;
}
