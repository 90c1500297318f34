import { isRepositoryPath } from "./repository-path.ts";
import { LONGEST_SUMMARY } from "./show-entry.ts";
import type { EntryProblem } from "./task-log.ts";

export type ProposedEntry = {
  readonly summary: string;
  readonly outputFiles: readonly string[];
  readonly agent: string;
};

/** In code points. */
export const LONGEST_AGENT = 100;

/** What keeps an entry from being written; no problems: it may be. `field` is the key in the file. */
export function validateNewEntry({ summary, outputFiles, agent }: ProposedEntry): EntryProblem[] {
  return [...checkAgent(agent), ...checkSummary(summary), ...outputFiles.flatMap(checkPath)];
}

function checkAgent(agent: string): EntryProblem[] {
  if (isBlank(agent)) return [{ field: "agent", code: "missing", reason: "The agent has no name." }];
  if (hasLineEnd(agent)) return [{ field: "agent", code: "line-end", reason: "The agent's name has several lines." }];
  if (isLongerThan(agent, LONGEST_AGENT)) {
    const reason = `The agent's name is longer than ${LONGEST_AGENT} characters.`;
    return [{ field: "agent", code: "length", reason }];
  }
  const reason = "The agent's name has a control character.";
  return /\p{Cc}/u.test(agent) ? [{ field: "agent", code: "type", reason }] : [];
}

function checkSummary(summary: string): EntryProblem[] {
  const problems: EntryProblem[] = [];
  const length = summary.length > LONGEST_SUMMARY ? [...summary].length : summary.length;
  if (isBlank(summary)) problems.push({ field: "summary", code: "length", reason: "The summary is empty." });
  if (length > LONGEST_SUMMARY) {
    const reason = `The summary has ${length} characters; ${LONGEST_SUMMARY} are the most.`;
    problems.push({ field: "summary", code: "length", reason });
  }
  if (hasLineEnd(summary)) {
    problems.push({ field: "summary", code: "line-end", reason: "The summary has several lines; it is one." });
  }
  return problems;
}

function checkPath(path: string): EntryProblem[] {
  if (isRepositoryPath(path)) return [];
  const reason = `${JSON.stringify(path)} is not a path inside the repository, such as docs/plan.md.`;
  return [{ field: "output_files", code: "path", reason }];
}

/** Whether nothing of it would be seen: white space, and signs that only steer how others are shown. */
function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\p{Cc}]*$/u.test(text);
}

function isLongerThan(text: string, most: number): boolean {
  return text.length > most && (text.length > 2 * most || [...text].length > most);
}

/** Every line end of Unicode, for a summary is shown in one line. */
function hasLineEnd(text: string): boolean {
  return /[\n\r\u0085\u2028\u2029]/.test(text);
}
