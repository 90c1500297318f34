/** New entries into the log: at its end, or to those that wait until it is repaired. */
import { setTimeout } from "node:timers/promises";
import { decodeText } from "../../../shared/chat-format/bytes.ts";
import { appendTaskLogEntry } from "../../../shared/codex-format/task-log/append-task-log-entry.ts";
import { nextTaskId } from "../../../shared/codex-format/task-log/next-task-id.ts";
import type { TaskLogEntry } from "../../../shared/codex-format/task-log/task-log.ts";
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
 * Appends entries in their order, all of them in one write; those whose run id is in the log or waits already are not
 * written again. Entries that wait go first, as soon as the log can be written. One answer for each draft.
 * @throws Problem 409 `read-only` when the log's shape takes no entries, 409 `stale` when others never let go; StoreFailure
 */
export async function appendEntries(
  dependencies: AppendDependencies,
  drafts: readonly EntryDraft[],
): Promise<readonly AppendedEntry[]> {
  return retried(dependencies, async (open) => {
    const there = answersOf(open, drafts);
    if (there !== undefined) return there;
    switch (open.log.append) {
      case "none":
        throw new Problem("read-only", 409, "This log has a shape that is only read. Nothing was written.", {
          detail: `“${open.path}” is no JSON array and no JSON Lines. Convert it, or move it away and begin a new one.`,
        });
      case "pending":
        return addPending(dependencies, open, drafts);
      case "array":
      case "lines": {
        const now = await writeEntries(dependencies, open, drafts);
        return now && answersOf(now, drafts);
      }
    }
  });
}

/** Writes what waits, when there is something and the log takes it. @throws as `appendEntry` */
export async function flushPending(dependencies: AppendDependencies): Promise<void> {
  if ((await dependencies.pending.list()).length === 0) return;
  await retried(dependencies, async (open) => {
    const waiting = await dependencies.pending.list();
    const isWritable = open.log.append === "array" || open.log.append === "lines";
    if (waiting.length === 0 || !isWritable) return true;
    await writeEntries(dependencies, open, []);
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

/** Undefined when the log was repaired in between: then nothing need wait. */
async function addPending(
  { pending, reader }: AppendDependencies,
  open: OpenLog,
  drafts: readonly EntryDraft[],
): Promise<readonly AppendedEntry[] | undefined> {
  const answers: AppendedEntry[] = [];
  for (const draft of drafts) {
    const entry = await pending.add((waiting) => draft(nextTaskId(open.log, waiting)));
    const text = JSON.stringify(entry, undefined, 2);
    answers.push({ outcome: "pending", taskId: entry.task_id, ref: entry.run_id, text });
  }
  const now = await reader.read();
  return now.log.append === "pending" ? answers : undefined;
}

/** Writes what waits and the drafts that are not there yet. Undefined when the file is another one than `open`. */
async function writeEntries(
  dependencies: AppendDependencies,
  open: OpenLog,
  drafts: readonly EntryDraft[],
): Promise<OpenLog | undefined> {
  const { pending, write, reader } = dependencies;
  const waiting = await pending.list();
  const entries = waiting.filter((entry) => !open.lookups.runIds().has(entry.run_id));
  let now = open;
  const add = (entry: TaskLogEntry): void => {
    const added = appendTaskLogEntry(now.bytes, now.path, entry, now.log);
    if (added.outcome !== "appended") throw new Problem("read-only", 409, added.reason);
    now = extendLog(now, added);
  };
  const known = new Set([...open.lookups.runIds().keys(), ...waiting.map((entry) => entry.run_id)]);
  const fresh = drafts.filter((draft) => !known.has(draft("").run_id));
  for (const entry of entries) add(entry);
  for (const draft of fresh) add(draft(nextTaskId(now.log, [])));
  const last = fresh.at(-1)?.("") ?? entries.at(-1);
  if (last !== undefined) {
    const written = await write(open.path, now.bytes, open.revision, changeOf(last));
    if (written.outcome === "stale") return undefined;
    now = withRevision(now, written.revision);
    reader.remember(now);
    await dependencies.onWritten(open, now);
  }
  if (waiting.length > 0) await pending.remove(new Set(waiting.map((entry) => entry.run_id)));
  return now;
}

function changeOf({ agent, run_id: runId, summary }: TaskLogEntry): Parameters<WriteBytes>[3] {
  return { by: "agent", agent, runId, logRef: runId, summary };
}

/** What stands in the log for each draft; undefined unless all of them do. */
function answersOf(open: OpenLog, drafts: readonly EntryDraft[]): readonly AppendedEntry[] | undefined {
  const runIds = open.lookups.runIds();
  const answers = drafts.flatMap((draft): readonly AppendedEntry[] => {
    const item = open.log.items[runIds.get(draft("").run_id) ?? -1];
    if (item?.kind !== "entry") return [];
    const text = decodeText(open.bytes.subarray(item.span.start, item.span.end));
    return [{ outcome: "appended", taskId: item.shown.taskId ?? "", ref: item.ref, text }];
  });
  return answers.length === drafts.length ? answers : undefined;
}
