import type { ChainStep } from "./agent-answer.ts";
import { findAgentKey, TASK_LOGGER } from "./chain-line.ts";

const MAX_CHAIN_LINKS = 8;

/** What a finished run and its chain so far say about the next one. */
export interface ChainState {
  /** Key of the agent that has just run. */
  readonly from: string;
  /** The agent that the answer names; absent: none. */
  readonly next: string | undefined;
  /** Keys of the agents that this chain has run. */
  readonly visited: readonly string[];
  /** How many links this chain has followed so far; 0 behind its first run. */
  readonly depth: number;
  readonly roster: readonly string[];
}

/** Who runs next. The log step is always last, needs no model and is not a step of the chain: it is its end. */
export function chainStep({ from, next, visited, depth, roster }: ChainState): ChainStep {
  if (next === undefined) return { type: "end" };
  const agent = findAgentKey(next, roster);
  if (agent === TASK_LOGGER) return { type: "end" };
  if (agent === undefined) {
    return { type: "stop", code: "unknown-agent", reason: `The roster has no agent "${next}". The chain ends here.` };
  }
  if (agent === from) return { type: "stop", code: "self", reason: `${agent} names itself. The chain ends here.` };
  if (visited.includes(agent)) {
    return { type: "stop", code: "cycle", reason: `${agent} has run in this chain already. The chain ends here.` };
  }
  if (depth >= MAX_CHAIN_LINKS) {
    const reason = `The chain has ${MAX_CHAIN_LINKS} links, the most there may be. ${agent} was not started.`;
    return { type: "stop", code: "too-many-links", reason };
  }
  return { type: "run", agent };
}
