import type { StartAgentRun } from "../../shared/agents.ts";
import { type RunRecord, rejectionOf } from "./run-record.ts";

/** What the feature itself adds to what a page may ask. */
export interface RunRequest extends StartAgentRun {
  readonly chain?: RunRecord["chain"];
  /** Agents of the chain before this one. */
  readonly ran?: readonly string[];
  readonly call?: RunRecord["call"];
}

const readsAtMost = 20;

const goalCharacters = 20_000;

/** The old goal, and why a person rejected what came of it: the next run has that in its recorded goal. */
function goalAfter(old: RunRecord): string {
  const { goal } = old.input;
  const rejection = rejectionOf(old);
  if (rejection === undefined) return goal;
  return `${goal}\n\nThe last version was rejected: ${rejection}`.slice(0, goalCharacters).toWellFormed();
}

/** Asks for the same as `old` did: agent, goal with the reason of a rejection, document, files, and where it came from. */
export function requestOf(old: RunRecord, id: string): RunRequest {
  const { input, chain, proposal, feedback, conversation, isScratch } = old;
  return {
    id,
    agent: input.agent.key,
    goal: goalAfter(old),
    ...input.model,
    target: input.target.path,
    reads: input.files.flatMap(({ path, isRefused }) => (isRefused === true ? [] : [path])).slice(0, readsAtMost),
    ran: input.ran.slice(0, -1),
    againOf: old.id,
    ...(chain === undefined ? {} : { chain }),
    ...(proposal === undefined ? {} : { proposal }),
    ...(feedback === undefined ? {} : { feedback: [...feedback] }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(isScratch === undefined ? {} : { isScratch }),
  };
}
