/** What a parsed entry shows after aliases, and what is wrong with it. */
import { isEntryDate } from "./entry-date.ts";
import { isRepositoryPath } from "./repository-path.ts";
import type { EntryProblem, EntryProblemCode, ShownTaskLogEntry } from "./task-log.ts";

type Shown = { -readonly [Name in keyof ShownTaskLogEntry]: ShownTaskLogEntry[Name] };
type Entry = Readonly<Record<string, unknown>>;

const ALIASES = {
  task_id: ["id", "taskId", "Task Id"],
  agent: ["created_by", "owner", "role"],
  date: ["timestamp", "ts", "created_at", "completed_at"],
  summary: ["description", "result", "task", "title"],
  output_files: ["outputs", "files", "deliverables"],
} as const;

export const LONGEST_SUMMARY = 500;

const ENTRY_KEYS: ReadonlySet<string> = new Set([...Object.keys(ALIASES), ...Object.values(ALIASES).flat()]);

/** Whether a key says something of an entry, by its own name or by that of another program. */
export function isEntryKey(key: string): boolean {
  return ENTRY_KEYS.has(key);
}

/**
 * `entry` as `JSON.parse` reads it: of what type a value is is seen there only. `exact` has the digits of numbers that it
 * cannot hold, as texts. `key` is what the entry is filed under in a keyed object: its id, when it has none of its own.
 */
export function showEntry(
  entry: Entry,
  { key, exact = entry }: { readonly key?: string | undefined; readonly exact?: Entry } = {},
): { readonly shown: ShownTaskLogEntry; readonly problems: EntryProblem[] } {
  const problems: EntryProblem[] = [];
  const outputFiles = readOutputFiles(entry, problems);
  const shown: Shown = { outputFiles, status: optionalText("status", entry["status"], problems) ?? "completed" };
  const taskId = requiredText(entry, "task_id", entry["task_id"], problems, exact, key);
  if (taskId !== undefined) shown.taskId = taskId;
  const agent = requiredText(entry, "agent", entry["agent"], problems, exact);
  if (agent !== undefined) shown.agent = agent;
  const date = requiredText(entry, "date", entry["date"], problems, exact);
  if (date !== undefined) shown.date = date;
  const summary = requiredText(entry, "summary", entry["summary"], problems, exact);
  if (summary !== undefined) shown.summary = summary;
  const at = optionalText("at", entry["at"], problems);
  if (at !== undefined) shown.at = at;
  showLinks(shown, entry, problems);
  checkDates(shown, problems);
  if (summary !== undefined) checkSummary(summary, problems);
  return { shown, problems };
}

function showLinks(shown: Shown, entry: Entry, problems: EntryProblem[]): void {
  const runId = optionalText("run_id", entry["run_id"], problems);
  if (runId !== undefined) shown.runId = runId;
  const proposal = optionalText("proposal", entry["proposal"], problems);
  if (proposal !== undefined) shown.proposal = proposal;
  const feedback = optionalText("feedback", entry["feedback"], problems);
  if (feedback !== undefined) shown.feedback = feedback;
  const supersedes = optionalText("supersedes", entry["supersedes"], problems);
  if (supersedes !== undefined) shown.supersedes = supersedes;
  const chainedFrom = optionalText("chained_from", entry["chained_from"], problems);
  if (chainedFrom !== undefined) shown.chainedFrom = chainedFrom;
}

function flag(problems: EntryProblem[], field: string, code: EntryProblemCode, reason: string): void {
  problems.push({ field, code, reason });
}

/** The value itself goes in beside its field: reading it by a constant name is several times faster. */
function requiredText(
  entry: Entry,
  field: "task_id" | "agent" | "date" | "summary",
  value: unknown,
  problems: EntryProblem[],
  exact: Entry,
  key?: string,
): string | undefined {
  if (typeof value === "string") return value;
  if (value === undefined) flag(problems, field, "missing", `the entry has no ${field}`);
  else flag(problems, field, "type", `${field} is not a text`);
  const alias = key ?? ALIASES[field].map((name) => entry[name]).find((other) => typeof other === "string");
  if (alias !== undefined) return alias;
  return typeof value === "number" ? String(exact[field]) : undefined;
}

function optionalText(field: string, value: unknown, problems: EntryProblem[]): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  flag(problems, field, "type", `${field} is not a text`);
  return undefined;
}

function checkDates({ date, at }: Shown, problems: EntryProblem[]): void {
  if (date !== undefined && !isEntryDate(date)) flag(problems, "date", "date", "not a day that exists, as YYYY-MM-DD");
  if (at !== undefined && !isEntryDate(at)) flag(problems, "at", "date", "not a point in time as RFC 3339 writes it");
}

function checkSummary(summary: string, problems: EntryProblem[]): void {
  if (/[\r\n]/.test(summary)) flag(problems, "summary", "line-end", "the summary has several lines");
  const isLong = summary.length > LONGEST_SUMMARY && [...summary].length > LONGEST_SUMMARY;
  if (isLong || summary === "") flag(problems, "summary", "length", "a summary has 1 to 500 characters");
}

function readOutputFiles(entry: Entry, problems: EntryProblem[]): string[] {
  const own = entry["output_files"];
  if (own === undefined) flag(problems, "output_files", "missing", "the entry has no output_files");
  const value = own ?? ALIASES.output_files.map((name) => entry[name]).find(isTextOrArray);
  const items = Array.isArray(value) ? (value as unknown[]) : [value];
  const paths = items.filter((item) => typeof item === "string");
  const isList = own !== null && Array.isArray(value) && paths.length === items.length;
  if ((own === null || value !== undefined) && !isList)
    flag(problems, "output_files", "type", "output_files is not a list of paths");
  for (const path of paths) {
    if (!isRepositoryPath(path)) {
      flag(problems, "output_files", "path", `${JSON.stringify(path)} is not a path inside the repository`);
    }
  }
  return paths;
}

function isTextOrArray(value: unknown): boolean {
  return typeof value === "string" || Array.isArray(value);
}
