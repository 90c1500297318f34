/** New entries into the log: at its end, or to those that wait until it is repaired. */
import { setTimeout } from "node:timers/promises";
import { decodeText } from "../../../shared/chat-format/bytes.ts";
import { appendTaskLogEntry } from "../../../shared/codex-format/task-log/append-task-log-entry.ts";
import { nextTaskId } from "../../../shared/codex-format/task-log/next-task-id.ts";
import type { ByteSpan, TaskLogEntry } from "../../../shared/codex-format/task-log/task-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { Problem } from "../../platform/problem.ts";
import type { AppendedEntry, WriteBytes } from "../task-log-port.ts";
import type { EntryDraft } from "./log-entry.ts";
import type { LogReader } from "./log-reader.ts";
import { extendLog, type OpenLog, withRevision } from "./open-log.ts";
import type { PendingEntries } from "./pending-entries.ts";

export interface AppendDependencies {
  readonly reader: LogReader;
  readonly pending: PendingEntries;
  readonly write: WriteBytes;
  readonly clock: Clock;
  /** After the log was written: what it was before, what it is now. */
  readonly onWritten: (before: OpenLog, now: OpenLog) => Promise<void>;
}

/** How long others may keep coming between before the person is told. */
const PATIENCE_MS = 30_000;
const LONGEST_WAIT_MS = 30;

/**
 * Appends one entry; one with the same run id that is in the log or waits already is not written again. Entries that
 * wait go first, as soon as the log can be written.
 * @throws Problem 409 `read-only` when the log's shape takes no entries, 409 `stale` when others never let go; StoreFailure
 */
export async function appendEntry(dependencies: AppendDependencies, draft: EntryDraft): Promise<AppendedEntry> {
  const runId = draft("").run_id;
  return retried(dependencies, async (open) => {
    const position = open.lookups.runIds().get(runId);
    if (position !== undefined) return known(open, position);
    switch (open.log.append) {
      case "none":
        throw new Problem("read-only", 409, "This log has a shape that is only read. Nothing was written.", {
          detail: `“${open.path}” is no JSON array and no JSON Lines. Convert it, or move it away and begin a new one.`,
        });
      case "pending": {
        const entry = await dependencies.pending.add((waiting) => draft(nextTaskId(open.log, waiting)));
        // Repaired in between: then it does not wait.
        const now = await dependencies.reader.read();
        if (now.log.append !== "pending") return undefined;
        return { outcome: "pending", taskId: entry.task_id, ref: runId, text: JSON.stringify(entry, undefined, 2) };
      }
      case "array":
      case "lines":
        return writeEntries(dependencies, open, draft);
    }
  });
}

/** Writes what waits, when there is something and the log takes it. @throws as `appendEntry` */
export async function flushPending(dependencies: AppendDependencies): Promise<void> {
  await retried(dependencies, async (open) => {
    const waiting = await dependencies.pending.list();
    const isWritable = open.log.append === "array" || open.log.append === "lines";
    if (waiting.length === 0 || !isWritable) return true;
    await writeEntries(dependencies, open);
    return undefined;
  });
}

/** The same steps again, after a short random wait, while `attempt` answers undefined: somebody came between. */
async function retried<Result>(
  { reader, clock }: AppendDependencies,
  attempt: (open: OpenLog) => Promise<Result | undefined>,
): Promise<Result> {
  const start = clock.monotonic();
  for (;;) {
    const result = await attempt(await reader.read());
    if (result !== undefined) return result;
    if (clock.monotonic() - start > PATIENCE_MS) {
      throw new Problem("stale", 409, "Others keep changing the log. Nothing was written; try again.");
    }
    await setTimeout(Math.random() * LONGEST_WAIT_MS);
  }
}

/** Undefined when the file is another one than `open`, or what was asked for waited already: look again. */
async function writeEntries(
  dependencies: AppendDependencies,
  open: OpenLog,
  draft?: EntryDraft,
): Promise<AppendedEntry | undefined> {
  const { pending, write, reader } = dependencies;
  const waiting = await pending.list();
  const fresh = draft?.(nextTaskId(open.log, waiting));
  const isFresh = fresh !== undefined && !waiting.some((entry) => entry.run_id === fresh.run_id);
  const missing = waiting.filter((entry) => !open.lookups.runIds().has(entry.run_id));
  const entries = isFresh ? [...missing, fresh] : missing;
  const last = entries.at(-1);
  const added = addAll(open, entries);
  if (last !== undefined) {
    const written = await write(open.path, added.open.bytes, open.revision, changeOf(last));
    if (written.outcome === "stale") return undefined;
    const now = withRevision(added.open, written.revision);
    reader.remember(now);
    await dependencies.onWritten(open, now);
  }
  if (waiting.length > 0) await pending.remove(new Set(waiting.map((entry) => entry.run_id)));
  if (!isFresh) return undefined;
  return { outcome: "appended", taskId: fresh.task_id, ref: fresh.run_id, text: textAt(added.open, added.span) };
}

function changeOf(entry: TaskLogEntry): Parameters<WriteBytes>[3] {
  const { agent, run_id: runId, task_id: taskId, summary } = entry;
  return { by: "agent", agent, runId, taskId, logRef: runId, summary };
}

function addAll(open: OpenLog, entries: readonly TaskLogEntry[]): { readonly open: OpenLog; readonly span: ByteSpan } {
  let now = open;
  let span: ByteSpan = { start: 0, end: 0 };
  for (const entry of entries) {
    const added = appendTaskLogEntry(now.bytes, now.path, entry, now.log);
    if (added.outcome !== "appended") throw new Problem("read-only", 409, added.reason);
    now = extendLog(now, added);
    span = added.span;
  }
  return { open: now, span };
}

function known(open: OpenLog, position: number): AppendedEntry {
  const item = open.log.items[position];
  if (item?.kind !== "entry") throw new Error("the entry is not where it was found");
  const { taskId = "" } = item.shown;
  return { outcome: "appended", taskId, ref: item.ref, text: textAt(open, item.span) };
}

function textAt({ bytes }: OpenLog, { start, end }: ByteSpan): string {
  return decodeText(bytes.subarray(start, end));
}
