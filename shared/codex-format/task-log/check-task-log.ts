import type { TaskLog } from "./task-log.ts";

export type TaskLogCheck = {
  readonly level: number;
  readonly entries: number;
  readonly invalid: number;
  /** Of the file and of its entries together. */
  readonly problems: number;
};

/** The counts that `log check` prints. */
export function checkTaskLog(log: TaskLog): TaskLogCheck {
  let [entries, problems] = [0, log.problems.length];
  for (const item of log.items) {
    if (item.kind === "invalid") continue;
    entries++;
    problems += item.problems.length;
  }
  return { level: log.level, entries, invalid: log.items.length - entries, problems };
}
