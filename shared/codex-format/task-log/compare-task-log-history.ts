import { sha256 } from "../../chat-format/sha256.ts";
import { toHex } from "./foreign-refs.ts";
import { readTaskLog } from "./read-task-log.ts";
import type { Digest, TaskLog, TaskLogEntryItem, TaskLogItem, TaskLogSeen } from "./task-log.ts";

export type TaskLogHistory = {
  /**
   * `appended`: only new entries behind the known ones. `reformatted`: other bytes, equal entries in order, perhaps with
   * more behind them. `rewritten`: entries were changed or lost, or new ones stand before the end of the known ones.
   */
  readonly state: "same" | "appended" | "reformatted" | "rewritten";
  /** Items that stood there and stand there no more, as they were. */
  readonly lost: readonly TaskLogItem[];
  readonly changed: readonly ChangedEntry[];
  readonly added: readonly TaskLogItem[];
  /** Those of `added` that stand before a known one: the log only grows at its end. */
  readonly inserted: readonly TaskLogItem[];
};

const NOTHING = { lost: [], changed: [], added: [], inserted: [] } as const;

export type ChangedEntry = { readonly before: TaskLogEntryItem; readonly after: TaskLogEntryItem };

/**
 * `copy` is the whole file as it was when `seen` was taken, so that what is lost can be shown and added again. Without
 * it, or with one of another file, a changed prefix is "rewritten" and nothing more is known.
 */
export type TaskLogBefore = {
  readonly seen: TaskLogSeen;
  readonly copy: Uint8Array | undefined;
  readonly fileName: string;
};

/**
 * What happened to a log since it was seen: by the digest of its prefix, and only when that differs entry by entry.
 * `log` is what `readTaskLog` gives of `bytes`.
 */
export function compareTaskLogHistory(
  before: TaskLogBefore,
  bytes: Uint8Array,
  log: TaskLog,
  digest: Digest = sha256,
): TaskLogHistory {
  const { seen } = before;
  if (isPrefix(seen, bytes, digest)) {
    const added = log.items.filter((item) => item.span.start >= seen.length);
    return { state: added.length === 0 ? "same" : "appended", ...NOTHING, added };
  }
  const { copy, fileName } = before;
  if (copy === undefined || !isPrefix(seen, copy, digest)) return { state: "rewritten", ...NOTHING };
  return compareItems(readTaskLog(copy, fileName, digest).items, log.items);
}

function isPrefix({ length, sha256: expected }: TaskLogSeen, bytes: Uint8Array, digest: Digest): boolean {
  return bytes.length >= length && toHex(digest(bytes.subarray(0, length))) === expected;
}

function compareItems(before: readonly TaskLogItem[], now: readonly TaskLogItem[]): TaskLogHistory {
  const [oldTexts, newTexts] = [before.map(canonicalText), now.map(canonicalText)];
  const gone = without(before, oldTexts, newTexts);
  const come = without(now, newTexts, oldTexts);
  const changed = pairChanged(gone, come);
  const [changedBefore, changedAfter] = [changed.map((pair) => pair.before), changed.map((pair) => pair.after)];
  const added = except(come, changedAfter);
  const isNew = new Set(added);
  const lastKnown = now.findLast((item) => !isNew.has(item));
  return {
    state: oldTexts.every((text, index) => newTexts[index] === text) ? "reformatted" : "rewritten",
    lost: except(gone, changedBefore),
    changed,
    added,
    inserted: added.filter((item) => item.span.start < (lastKnown?.span.start ?? 0)),
  };
}

/** The items whose text the other list does not have, or not as often. */
function without(items: readonly TaskLogItem[], texts: readonly string[], others: readonly string[]): TaskLogItem[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(other, (left.get(other) ?? 0) + 1);
  return items.filter((_, index) => {
    const text = texts[index] ?? "";
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

/** Pairs what has the same run id, or the same task id when only one on each side has it. */
function pairChanged(gone: readonly TaskLogItem[], come: readonly TaskLogItem[]): ChangedEntry[] {
  const [before, after] = [gone.filter(isEntry), come.filter(isEntry)];
  const byRun = pairBy(before, after, (item) => item.shown.runId);
  const unpairedBefore = except(
    before,
    byRun.map((pair) => pair.before),
  );
  const unpairedAfter = except(
    after,
    byRun.map((pair) => pair.after),
  );
  return [...byRun, ...pairBy(unpairedBefore, unpairedAfter, (item) => item.shown.taskId)];
}

function pairBy(
  before: readonly TaskLogEntryItem[],
  after: readonly TaskLogEntryItem[],
  idOf: (item: TaskLogEntryItem) => string | undefined,
): ChangedEntry[] {
  const [old, now] = [groupById(before, idOf), groupById(after, idOf)];
  return [...old].flatMap(([id, [one, another]]) => {
    const [match, more] = now.get(id) ?? [];
    const isUnique = one !== undefined && match !== undefined && another === undefined && more === undefined;
    return isUnique ? [{ before: one, after: match }] : [];
  });
}

function groupById(
  items: readonly TaskLogEntryItem[],
  idOf: (item: TaskLogEntryItem) => string | undefined,
): Map<string, TaskLogEntryItem[]> {
  const groups = new Map<string, TaskLogEntryItem[]>();
  for (const item of items) {
    const id = idOf(item);
    if (id === undefined) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [item]);
    else group.push(item);
  }
  return groups;
}

function except<Item>(items: readonly Item[], excluded: readonly Item[]): Item[] {
  const set = new Set(excluded);
  return items.filter((item) => !set.has(item));
}

function isEntry(item: TaskLogItem): item is TaskLogEntryItem {
  return item.kind === "entry";
}

/** Equal for equal values, whatever the order of their keys and the white space between. */
function canonicalText(item: TaskLogItem): string {
  return item.kind === "invalid" ? `invalid ${item.raw}` : JSON.stringify(sortKeys(item.entry));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const sorted = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return { members: sorted.map(([key, inner]) => [key, sortKeys(inner)]) };
}
