import { isRepositoryPath } from "./repository-path.ts";
import { LONGEST_SUMMARY } from "./show-entry.ts";
import type { EntryProblem } from "./task-log.ts";

export type ProposedEntry = {
  readonly summary: string;
  readonly outputFiles: readonly string[];
  readonly agent: string;
};

/** What keeps an entry from being written; no problems: it may be. `field` is the key in the file. */
export function validateNewEntry({ summary, outputFiles, agent }: ProposedEntry): EntryProblem[] {
  return [...checkAgent(agent), ...checkSummary(summary), ...outputFiles.flatMap(checkPath)];
}

function checkAgent(agent: string): EntryProblem[] {
  if (agent.trim() === "") return [{ field: "agent", code: "missing", reason: "The agent has no name." }];
  return hasLineEnd(agent) ? [{ field: "agent", code: "line-end", reason: "The agent's name has several lines." }] : [];
}

function checkSummary(summary: string): EntryProblem[] {
  const problems: EntryProblem[] = [];
  const length = summary.length > LONGEST_SUMMARY ? [...summary].length : summary.length;
  if (summary.trim() === "") problems.push({ field: "summary", code: "length", reason: "The summary is empty." });
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

/** Every line end of Unicode, for a summary is shown in one line. */
function hasLineEnd(text: string): boolean {
  return /[\n\r\u0085\u2028\u2029]/.test(text);
}
