import type { TaskLog, TaskLogEntry } from "./task-log.ts";

const NUMBERED = /^task-(\d{1,9})$/i;

/** `task-` and the highest number of the log and of what waits for it, plus one, in three digits or more. */
export function nextTaskId(log: TaskLog, pending: readonly TaskLogEntry[]): string {
  let highest = 0;
  for (const item of log.items) if (item.kind === "entry") highest = Math.max(highest, numberOf(item.shown.taskId));
  for (const entry of pending) highest = Math.max(highest, numberOf(entry.task_id));
  return `task-${String(highest + 1).padStart(3, "0")}`;
}

function numberOf(id: string | undefined): number {
  return id === undefined ? 0 : Number(NUMBERED.exec(id)?.[1] ?? 0);
}
