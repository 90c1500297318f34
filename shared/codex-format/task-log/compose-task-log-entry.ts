import type { TaskLogEntry } from "./task-log.ts";

export type NewTaskLogEntry = {
  readonly taskId: string;
  readonly agent: string;
  /** `YYYY-MM-DD`, the local day of the workspace. */
  readonly date: string;
  readonly summary: string;
  readonly outputFiles: readonly string[];
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  /** A ULID. */
  readonly runId: string;
  readonly status?: "completed" | "failed" | "refused" | undefined;
  readonly proposal?: string | undefined;
  readonly feedback?: string | undefined;
  readonly supersedes?: string | undefined;
  readonly chainedFrom?: string | undefined;
};

/** The entry as it is written: keys in the canonical order, `completed` and what is absent left out. */
export function composeTaskLogEntry(entry: NewTaskLogEntry): TaskLogEntry {
  const { taskId, agent, date, summary, outputFiles, at, runId } = entry;
  const { status, proposal, feedback, supersedes, chainedFrom } = entry;
  return {
    ...{ task_id: taskId, agent, date, summary, output_files: [...outputFiles], at, run_id: runId },
    ...(status !== undefined && status !== "completed" && { status }),
    ...(proposal !== undefined && { proposal }),
    ...(feedback !== undefined && { feedback }),
    ...(supersedes !== undefined && { supersedes }),
    ...(chainedFrom !== undefined && { chained_from: chainedFrom }),
  };
}
