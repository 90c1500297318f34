import type { AppendLogEntry, LogRepairPreview, RepairLog } from "../../../shared/task-log.ts";
import { Problem } from "../../platform/problem.ts";
import type { AppendedEntry, NewLogEntry } from "../task-log-port.ts";
import { appendEntry, flushPending } from "./append-entries.ts";
import { isTaskLogPath } from "./find-task-log.ts";
import { draftEntry } from "./log-entry.ts";
import type { LogParts } from "./log-parts.ts";
import { previewEntry } from "./preview-entry.ts";

/** What a person or an agent does to the log. */
export interface LogChanging {
  /** As a person asks for it; `appendEntry` is what programs use. @throws Problem, StoreFailure */
  append(entry: AppendLogEntry): Promise<AppendedEntry>;
  appendEntry(entry: NewLogEntry): Promise<AppendedEntry>;
  previewEntry(entry: NewLogEntry): Promise<{ readonly taskId: string; readonly text: string }>;
  /** A file that may be a log was changed or removed, by anybody. */
  changed(path: string): Promise<void>;
  /** The same as `changed`. */
  changedOutside(path: string): Promise<void>;
  /** Writes what waits, if the log takes it now. */
  flush(): Promise<void>;
  /** What a repair would make of the log. @throws Problem 409 `stale` when it is not at `base` */
  repairPreview(repair: RepairLog): Promise<LogRepairPreview>;
  /** Keeps the broken file beside the log, writes the repaired one, and appends what waits. @throws as `repairPreview` */
  repair(repair: RepairLog): Promise<{ readonly backup: string; readonly revision: string }>;
  /** The log at this revision is as it should be, whatever it was before. @throws Problem 409 `stale` */
  acknowledge(revision: string): Promise<void>;
  /** Appends lost entries again, each as a new one that supersedes the lost one. */
  restore(refs: readonly string[]): Promise<{ readonly appended: number }>;
}

export function changeLog(parts: LogParts): LogChanging {
  const { oneByOne, clock, newRunId } = parts;
  const appendOne = async (entry: NewLogEntry): Promise<AppendedEntry> => {
    const draft = draftEntry(entry);
    return oneByOne(() => appendEntry(parts, draft));
  };
  const flush = () => oneByOne(() => flushPending(parts));
  const changed = async (path: string): Promise<void> => {
    if (isTaskLogPath(path)) await flush();
  };
  return {
    append: (entry) => appendOne({ ...definedOf(entry), runId: newRunId(), at: clock.now().toISOString() }),
    appendEntry: appendOne,
    previewEntry: async (entry) => previewEntry(parts, draftEntry(entry)),
    changed,
    changedOutside: changed,
    flush,
    repairPreview: async () => {
      throw new Problem("internal", 500, "Not yet.");
    },
    repair: async () => {
      throw new Problem("internal", 500, "Not yet.");
    },
    acknowledge: async (revision) => {
      const open = await parts.reader.read();
      if (open.revision !== revision) {
        throw new Problem("stale", 409, "The log was changed again meanwhile. Look at it once more.");
      }
      await parts.history.acknowledge(open);
    },
    restore: async () => ({ appended: 0 }),
  };
}

/** Without the keys that are there and undefined, as a schema leaves them. */
function definedOf(entry: AppendLogEntry): Omit<NewLogEntry, "runId" | "at"> {
  const { agent, summary, outputFiles, proposal, feedback, supersedes } = entry;
  return {
    ...{ agent, summary, outputFiles },
    ...(proposal !== undefined && { proposal }),
    ...(feedback !== undefined && { feedback }),
    ...(supersedes !== undefined && { supersedes }),
  };
}
