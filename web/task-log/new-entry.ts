import type { AppendLogEntry } from "../../shared/task-log.ts";
import { words } from "./words.ts";

/** The form's fields as they are typed. */
export interface NewEntry {
  readonly agent: string;
  readonly summary: string;
  /** One path a line. */
  readonly files: string;
  readonly proposal: string;
  readonly supersedes: string;
}

export const newEntry: NewEntry = { agent: "", summary: "", files: "", proposal: "", supersedes: "" };

const longestSummary = 500;
const form = words.form;

/** Inside the folder whatever it is joined to: relative, with `/`, without a step up. */
function leadsOut(path: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(path) || path.split(/[/\\]/).includes("..");
}

function summaryProblem(summary: string): string | undefined {
  const { length } = [...summary];
  if (length === 0) return form.needsSummary;
  return length > longestSummary ? form.longSummary(length) : undefined;
}

/** What is wrong with which field; the entry to send when nothing is. */
export function checkNewEntry(entry: NewEntry): {
  readonly problems: { readonly agent?: string; readonly summary?: string; readonly files?: string };
  readonly body?: AppendLogEntry;
} {
  const agent = entry.agent.trim();
  const summary = entry.summary.trim();
  const outputFiles = entry.files
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const badFile = outputFiles.find(leadsOut);
  const badSummary = summaryProblem(summary);
  const problems = {
    ...(agent === "" ? { agent: form.needsAgent } : {}),
    ...(badSummary === undefined ? {} : { summary: badSummary }),
    ...(badFile === undefined ? {} : { files: form.badFile(badFile) }),
  };
  if (Object.keys(problems).length > 0) return { problems };
  const [proposal, supersedes] = [entry.proposal.trim(), entry.supersedes.trim()];
  const ids = { ...(proposal === "" ? {} : { proposal }), ...(supersedes === "" ? {} : { supersedes }) };
  return { problems, body: { agent, summary, outputFiles, ...ids } };
}
