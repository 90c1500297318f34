import type { Roster, RosterAgent } from "./roster.ts";

/** What `roster list --json` prints; without a roster `{"agents":[],"kind":"instructions"}`. */
export function rosterJson(roster: Roster): Readonly<Record<string, unknown>> {
  const { kind, invalid } = roster;
  return { agents: roster.agents.map(agentJson), kind, ...(invalid.length === 0 ? {} : { invalid }) };
}

function agentJson(agent: RosterAgent): Readonly<Record<string, unknown>> {
  const { key, name, shape, role, goal, backstory, writes, reads, next, model } = agent;
  const { isDuplicate, isReadOnly, problems, span } = agent;
  const title = name === key ? {} : { name };
  const facts = { role, goal, backstory, writes: writes?.path, isWritesInferred: writes?.isInferred };
  return { key, ...title, shape, ...facts, reads, next, model, isDuplicate, isReadOnly, problems, span };
}
