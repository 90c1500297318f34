import { foldName } from "../documents/known-names.ts";
import type { AnswerChain } from "./agent-answer.ts";

/** The agent that writes the log: built in, known to every roster, always last. */
export const TASK_LOGGER = "task_logger";

/** The chain line as documents and task templates write it, with list marks, emphasis, back-ticks and quotes. */
const CHAIN_LINE =
  /^\s*(?:[-*>]\s+)*[*_`"“]*(?:Once complete[,:]?\s+invoke|Pass control to)\s+(?:the\s+)?(?:`([A-Za-z0-9_-]+)`|([a-z0-9_-]+))(?:\s+agent)?\s*(?:[.”"`*_]*|[.,]\s.*)$/iu;

/** Names and the underscores of emphasis can be told apart in many ways, which takes quadratic time in a longer line. */
const MAX_LINE = 2000;

/** The agent that a line hands over to; undefined when it is no chain line. `isKnown`: it stands in the roster. */
export function readChainLine(line: string, roster: readonly string[]): AnswerChain | undefined {
  const found = line.length > MAX_LINE ? null : CHAIN_LINE.exec(line);
  const name = found?.[1] ?? found?.[2];
  if (name === undefined) return undefined;
  // In `_Once complete, invoke planner_` the closing mark is read as a part of the name.
  const key = findAgentKey(name, roster) ?? findAgentKey(name.replace(/_+$/, ""), roster);
  return { name: key ?? name, isKnown: key !== undefined };
}

/** The roster's key for a name: exact, or else with case ignored and `-` and `_` equal. */
export function findAgentKey(name: string, roster: readonly string[]): string | undefined {
  const keys = [...roster, TASK_LOGGER];
  return keys.find((key) => key === name) ?? keys.find((key) => foldName(key) === foldName(name));
}
