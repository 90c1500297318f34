import type { AppendLogEntry, LogRepairPreview, RepairLog } from "../../../shared/task-log.ts";
import { Problem } from "../../platform/problem.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import type { AppendedEntry, NewLogEntry } from "../task-log-port.ts";
import { appendEntries, flushPending } from "./append-entries.ts";
import { isTaskLogPath } from "./find-task-log.ts";
import { draftEntry } from "./log-entry.ts";
import type { LogParts } from "./log-parts.ts";
import { previewEntry } from "./preview-entry.ts";
import { type LogRepaired, previewRepair, repairLog } from "./repair-log.ts";
import { restoreEntries } from "./restore-entries.ts";

/** What a person or an agent does to the log. */
export interface LogChanging {
  /** As a person asks for it; `appendEntry` is what programs use. @throws Problem, StoreFailure */
  append(entry: AppendLogEntry): Promise<AppendedEntry>;
  appendEntry(entry: NewLogEntry): Promise<AppendedEntry>;
  /** All of them in one write, or none: one that cannot be an entry refuses the others too. */
  appendEntries(entries: readonly NewLogEntry[]): Promise<readonly AppendedEntry[]>;
  previewEntry(entry: NewLogEntry): Promise<{ readonly taskId: string; readonly text: string }>;
  /** A file that may be a log was changed or removed, by anybody: as `flush`. */
  changed(path: string): Promise<void>;
  /** The same as `changed`. */
  changedOutside(path: string): Promise<void>;
  /** Writes what waits, if the log takes it now; what the log holds then is what was last seen, unless it was rewritten. */
  flush(): Promise<void>;
  /** What a repair would make of the log. @throws Problem 409 `stale` when it is not at `base` */
  repairPreview(repair: RepairLog): Promise<LogRepairPreview>;
  /** Keeps the broken file beside the log, writes the repaired one, and appends what waits. @throws as `repairPreview` */
  repair(repair: RepairLog): Promise<LogRepaired>;
  /** The log at this revision is as it should be, whatever it was before. @throws Problem 409 `stale` */
  acknowledge(revision: string): Promise<void>;
  /** Appends lost entries again, each as a new one that supersedes the lost one. */
  restore(refs: readonly string[]): Promise<{ readonly appended: number }>;
}

export function changeLog(parts: LogParts & { readonly store: DocumentStore }): LogChanging {
  const { oneByOne, clock, newRunId } = parts;
  const appendAll = async (entries: readonly NewLogEntry[]): Promise<readonly AppendedEntry[]> => {
    const drafts = entries.map(draftEntry);
    return drafts.length === 0 ? [] : oneByOne(() => appendEntries(parts, drafts));
  };
  const appendOne = async (entry: NewLogEntry): Promise<AppendedEntry> => {
    const [appended] = await appendAll([entry]);
    if (appended === undefined) throw new Error("no answer for the entry");
    return appended;
  };
  const flush = () => oneByOne(() => flushPending(parts));
  // A log that cannot be read says so to who looks at it.
  const see = () =>
    oneByOne(async () => void (await parts.history.compare(await parts.reader.read()))).catch(() => undefined);
  const changed = async (path: string): Promise<void> => {
    if (!isTaskLogPath(path)) return;
    await flush();
    await see();
  };
  return {
    append: (entry) => appendOne({ ...definedOf(entry), runId: newRunId(), at: clock.now().toISOString() }),
    appendEntry: appendOne,
    appendEntries: appendAll,
    previewEntry: async (entry) => previewEntry(parts, draftEntry(entry)),
    changed,
    changedOutside: changed,
    flush: () => flush().then(see),
    repairPreview: (asked) => previewRepair(parts, asked),
    repair: (asked) => oneByOne(() => repairLog(parts, asked)),
    acknowledge: async (revision) => {
      const open = await parts.reader.read();
      if (open.revision !== revision) {
        throw new Problem("stale", 409, "The log was changed again meanwhile. Look at it once more.");
      }
      await parts.history.acknowledge(open);
    },
    restore: (refs) => oneByOne(() => restoreEntries(parts, refs)),
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
