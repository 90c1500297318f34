import type { AgentView, RosterView } from "../../shared/roster.ts";

/** Documents that the fixed agents write beside the one in their record. */
const fixedTargets: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    doc_writer: [".codex/PRD.md", ".codex/ARCHITECTURE.md", ".codex/AGENTS.md"],
  }),
);

/** Those that can be asked now: of the roster, else of the offered ones. The first of a key counts. */
export function runnableAgents({ agents, offered }: RosterView): readonly AgentView[] {
  const able = [...agents, ...offered].filter(({ cannotRun, isDuplicate }) => cannotRun === undefined && !isDuplicate);
  return able.filter(({ key }, at) => able.findIndex((other) => other.key === key) === at);
}

/** The documents that this agent may write, its own first; one with a `*` leaves the name to the person. */
export function targetsOf({ key, writes }: AgentView): readonly string[] {
  return [...new Set([...(writes === undefined ? [] : [writes]), ...(fixedTargets.get(key) ?? [])])];
}

/** Who writes this document: its own writer, else one of the fixed. */
export function writerOf(roster: RosterView | undefined, path: string): string | undefined {
  if (!roster) return undefined;
  const agents = runnableAgents(roster);
  return (agents.find(({ writes }) => writes === path) ?? agents.find((agent) => targetsOf(agent).includes(path)))?.key;
}
