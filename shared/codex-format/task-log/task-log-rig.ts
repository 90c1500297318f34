/** Texts and entries for the tests of the task log. */
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { composeTaskLogEntry, type NewTaskLogEntry } from "./compose-task-log-entry.ts";
import { readTaskLog } from "./read-task-log.ts";
import type { InvalidTaskLogItem, TaskLog, TaskLogEntry, TaskLogEntryItem } from "./task-log.ts";

export const RUN_ID = "01JZ2Y7M3W8Q4K6T9V5X1C0B2D";

export function readLog(text: string, fileName = "TASK-LOG.json"): TaskLog {
  return readTaskLog(encodeText(text), fileName);
}

export function entriesOf(log: TaskLog): TaskLogEntryItem[] {
  return log.items.filter((item) => item.kind === "entry");
}

export function invalidsOf(log: TaskLog): InvalidTaskLogItem[] {
  return log.items.filter((item) => item.kind === "invalid");
}

export function rawOf(
  bytes: Uint8Array,
  { span }: { readonly span: { readonly start: number; readonly end: number } },
): string {
  return decodeText(bytes.subarray(span.start, span.end));
}

/** An entry as an agent's run leaves it, with what a test sets. */
export function newEntry(set: Partial<NewTaskLogEntry> = {}): TaskLogEntry {
  return composeTaskLogEntry({
    ...{ taskId: "task-049", agent: "planner", date: "2025-07-01", summary: "Proposed three tasks." },
    ...{ outputFiles: [".codex/PROPOSED-TASKS.md"], at: "2025-07-01T09:14:03.120Z", runId: RUN_ID },
    ...set,
  });
}

/** An entry as the logs in the wild have it. */
export function foreignEntry(set: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...{ agent: "frontend_specialist", task_id: "task-001", date: "2025-06-25", summary: "Built the page." },
    ...{ output_files: ["apps/studio/src/app/page.tsx"], ...set },
  };
}
