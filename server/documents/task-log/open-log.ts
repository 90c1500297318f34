/** A task log as it was read, and what is looked up in it; each look-up is made when it is first asked for. */
import { concatBytes, encodeText } from "../../../shared/chat-format/bytes.ts";
import { readTaskLog } from "../../../shared/codex-format/task-log/read-task-log.ts";
import type { ByteSpan, TaskLog, TaskLogItem } from "../../../shared/codex-format/task-log/task-log.ts";
import { digest } from "./digest.ts";

export interface OpenLog {
  readonly path: string;
  /** Undefined while there is no file. */
  readonly revision: string | undefined;
  readonly bytes: Uint8Array;
  readonly log: TaskLog;
  readonly others: readonly string[];
  readonly lookups: LogLookups;
}

export interface LogLookups {
  /** Positions by ref; of entries with the same run id the last. */
  refs(): ReadonlyMap<string, number>;
  runIds(): ReadonlyMap<string, number>;
  /** Positions of the entries with an id, in the file's order. */
  sameIds(): ReadonlyMap<string, readonly number[]>;
  /** Lower case, what a search looks in, by position. */
  searchText(index: number): string;
}

export interface ReadFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly revision: string | undefined;
  readonly others: readonly string[];
}

export function openLog(file: ReadFile): OpenLog {
  return withLookups(file, readTaskLog(file.bytes, file.path, digest));
}

/** The same log with one entry of ours behind its last one: cheap, since nothing before it changes. */
export function extendLog(before: OpenLog, added: AddedEntry): OpenLog {
  const { path, others, log } = before;
  const { bytes, span } = added;
  const file = { path, others, bytes, revision: undefined };
  const alone = concatBytes([encodeText("["), bytes.subarray(span.start, span.end), encodeText("]")]);
  const [item] = readTaskLog(alone, "entry.json", digest).items;
  // A blank file gets its style and level with its first entry; a foreign id is counted over the whole file.
  const isPlain = log.items.length > 0 && item?.kind === "entry" && item.ref === item.shown.runId;
  if (!isPlain) return openLog(file);
  return withLookups(file, { ...log, items: [...log.items, { ...item, span }], seenLength: span.end });
}

export interface AddedEntry {
  readonly bytes: Uint8Array;
  readonly span: ByteSpan;
}

export function withRevision(open: OpenLog, revision: string): OpenLog {
  return { ...open, revision };
}

function withLookups(file: ReadFile, log: TaskLog): OpenLog {
  return { ...file, log, lookups: createLookups(log.items) };
}

function createLookups(items: readonly TaskLogItem[]): LogLookups {
  let texts: string[] | undefined;
  return {
    refs: once(() => new Map(items.flatMap((item, index) => (item.kind === "entry" ? [[item.ref, index]] : [])))),
    runIds: once(() => {
      const positions = new Map<string, number>();
      for (const [index, item] of items.entries()) {
        if (item.kind === "entry" && item.shown.runId !== undefined) positions.set(item.shown.runId, index);
      }
      return positions;
    }),
    sameIds: once(() => {
      const positions = new Map<string, number[]>();
      for (const [index, item] of items.entries()) {
        if (item.kind !== "entry" || item.shown.taskId === undefined) continue;
        const same = positions.get(item.shown.taskId);
        if (same === undefined) positions.set(item.shown.taskId, [index]);
        else same.push(index);
      }
      return positions;
    }),
    searchText: (index) => {
      texts ??= items.map(searchTextOf);
      return texts[index] ?? "";
    },
  };
}

function searchTextOf(item: TaskLogItem): string {
  if (item.kind === "invalid") return item.raw.slice(0, 20_000).toLowerCase();
  const { taskId, agent, date, summary, outputFiles, status, proposal, feedback } = item.shown;
  return [taskId, agent, date, summary, status, proposal, feedback, ...outputFiles].join("\n").toLowerCase();
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
