import { decodeText } from "../../../shared/chat-format/bytes.ts";
import { appendTaskLogEntry } from "../../../shared/codex-format/task-log/append-task-log-entry.ts";
import { nextTaskId } from "../../../shared/codex-format/task-log/next-task-id.ts";
import type { EntryDraft } from "./log-entry.ts";
import type { LogParts } from "./log-parts.ts";

/** The entry as it would be written now; nothing is written. */
export async function previewEntry(
  { reader, pending }: Pick<LogParts, "reader" | "pending">,
  draft: EntryDraft,
): Promise<{ readonly taskId: string; readonly text: string }> {
  const [open, waiting] = [await reader.read(), await pending.list()];
  const entry = draft(nextTaskId(open.log, waiting));
  const added = appendTaskLogEntry(open.bytes, open.path, entry, open.log);
  const text =
    added.outcome === "appended"
      ? decodeText(added.bytes.subarray(added.span.start, added.span.end))
      : JSON.stringify(entry, undefined, 2);
  return { taskId: entry.task_id, text };
}
