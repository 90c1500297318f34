/** From what is to be logged to the entry that is written. */
import { composeTaskLogEntry } from "../../../shared/codex-format/task-log/compose-task-log-entry.ts";
import type { TaskLogEntry } from "../../../shared/codex-format/task-log/task-log.ts";
import { validateNewEntry } from "../../../shared/codex-format/task-log/validate-new-entry.ts";
import { Problem } from "../../platform/problem.ts";
import { localDay } from "../local-day.ts";
import type { NewLogEntry } from "../task-log-port.ts";

/** Everything but the id, which depends on what is in the file at the moment of writing. */
export type EntryDraft = (taskId: string) => TaskLogEntry;

/** @throws Problem 400 with what does not fit: an empty or long summary, line ends, paths that lead out */
export function draftEntry(entry: NewLogEntry): EntryDraft {
  const problems = validateNewEntry(entry);
  if (problems.length > 0) {
    const detail = problems.map(({ reason }) => reason).join(" ");
    throw new Problem("bad-request", 400, "This cannot be a log entry. Nothing was written.", { detail });
  }
  const date = localDay(new Date(entry.at));
  return (taskId) => composeTaskLogEntry({ ...entry, taskId, date });
}
