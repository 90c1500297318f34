import type { AgentRunSummary, AgentRunsPage } from "../../shared/agents.ts";
import { byRuns } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";

/** The runs for each proposal that are at work or wait for a person, a chain's later steps among them; waiting ones first. */
export function useCardRuns(): (card: string) => readonly AgentRunSummary[] {
  const page = useResource<AgentRunsPage>("/agents/runs?status=waiting,running&limit=200", byRuns).value;
  const byCard = new Map<string, AgentRunSummary[]>();
  for (const run of page?.runs ?? []) {
    if (run.proposal === undefined || run.isScratch === true) continue;
    const runs = byCard.get(run.proposal) ?? [];
    byCard.set(run.proposal, run.status === "waiting" ? [run, ...runs] : [...runs, run]);
  }
  return (card) => byCard.get(card) ?? [];
}
