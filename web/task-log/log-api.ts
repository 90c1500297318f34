/** The task log's commands and questions of the API. */
import type { AppendLogEntry, LogAppended, LogItemsPage, LogRepairPreview, RepairLog } from "../../shared/task-log.ts";
import { request } from "../platform/api.ts";

/** What is looked for; empty fields do not narrow. */
export interface LogFilter {
  readonly agent: string;
  readonly status: string;
  readonly hasProblems: boolean;
  readonly text: string;
  /** Entries about this proposal, feedback or file. */
  readonly proposal: string;
  readonly feedback: string;
  readonly file: string;
}

export const noFilter: LogFilter = {
  agent: "",
  status: "",
  hasProblems: false,
  text: "",
  proposal: "",
  feedback: "",
  file: "",
};

/** The address of items `from` (0 is the newest) and the `count - 1` older ones. */
function logItemsPath(filter: LogFilter, from: number, count: number): string {
  const query = new URLSearchParams({ from: String(from), count: String(count) });
  const { agent, status, text, proposal, feedback, file } = filter;
  for (const [name, value] of Object.entries({ agent, status, q: text, proposal, feedback, file })) {
    if (value !== "") query.set(name, value);
  }
  if (filter.hasProblems) query.set("problems", "1");
  return `/task-log/items?${query}`;
}

export function fetchLogItems(
  filter: LogFilter,
  from: number,
  count: number,
  signal: AbortSignal,
): Promise<LogItemsPage> {
  return request(logItemsPath(filter, from, count), { signal });
}

export function appendLogEntry(body: AppendLogEntry): Promise<LogAppended> {
  return request("/task-log/entries", { method: "POST", body });
}

export function previewLogRepair(body: RepairLog): Promise<LogRepairPreview> {
  return request("/task-log/repair/preview", { method: "POST", body });
}

export function repairLog(body: RepairLog): Promise<{ readonly backup: string; readonly revision: string }> {
  return request("/task-log/repair", { method: "POST", body });
}

/** The log as it is now is the history from here on. */
export function acknowledgeLog(revision: string): Promise<void> {
  return request("/task-log/acknowledge", { method: "POST", body: { revision } });
}

export function restoreLogEntries(refs: readonly string[]): Promise<{ readonly appended: number }> {
  return request("/task-log/restore", { method: "POST", body: { refs } });
}
