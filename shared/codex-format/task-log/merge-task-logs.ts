import { concatBytes, decodeText, encodeText } from "../../chat-format/bytes.ts";
import { readTaskLog } from "./read-task-log.ts";
import type { TaskLog, TaskLogItem } from "./task-log.ts";

export type MergedTaskLogs =
  | {
      readonly outcome: "merged";
      readonly bytes: Uint8Array;
      /** Of theirs: how many were put behind ours, and how many took the place of what only they changed. */
      readonly added: number;
      readonly replaced: number;
    }
  /** Nothing can be written without a person: `reason` says why. */
  | { readonly outcome: "conflict"; readonly reason: string };

export type LogVersions = { readonly base: Uint8Array; readonly ours: Uint8Array; readonly theirs: Uint8Array };

/**
 * Unites two versions of a log by the identity of their entries: ours stays as it is, byte for byte, entries that only
 * theirs has follow behind it. An entry that one side changed is taken as changed; one that a side took out stays. The
 * identity is the run id; without one the content, or a task id that stands once in each version.
 */
export function mergeTaskLogs(versions: LogVersions, fileName: string): MergedTaskLogs {
  const [base, ours, theirs] = [versions.base, versions.ours, versions.theirs].map((bytes) => open(bytes, fileName));
  if (base === undefined || ours === undefined || theirs === undefined) throw new Error("a version is missing");
  for (const [name, side] of [["Ours", ours] as const, ["Theirs", theirs] as const]) {
    const isWhole = side.log.append === "array" || side.log.append === "lines";
    if (!isWhole) return { outcome: "conflict", reason: `${name} is no log that entries can be added to.` };
  }
  if (ours.log.items.length === 0 && versions.ours.length === 0)
    return merged(versions.theirs, theirs.places.length, 0);
  if (theirs.log.items.length > 0 && theirs.log.level !== ours.log.level && ours.log.items.length > 0) {
    return { outcome: "conflict", reason: "One side is a JSON array, the other one JSON Lines." };
  }
  const [added, replaced]: [Uint8Array[], Map<Place, Uint8Array>] = [[], new Map()];
  const matched = new Set<Place>();
  for (const place of theirs.places) {
    const counterpart = findCounterpart({ base, ours, theirs }, place, matched);
    if (counterpart === undefined) {
      added.push(rawOf(versions.theirs, place.item));
      continue;
    }
    matched.add(counterpart.ours);
    if (counterpart.ours.text === place.text || counterpart.base?.text === place.text) continue;
    if (counterpart.base?.text !== counterpart.ours.text) {
      return { outcome: "conflict", reason: `Both sides changed the entry ${nameOf(place.item)}.` };
    }
    replaced.set(counterpart.ours, rawOf(versions.theirs, place.item));
  }
  const bytes = splice(versions.ours, ours, { added, replaced });
  return merged(bytes, added.length, replaced.size);
}

type Place = { readonly item: TaskLogItem; readonly text: string };

type Version = {
  readonly log: TaskLog;
  readonly places: readonly Place[];
  readonly byRun: ReadonlyMap<string, readonly Place[]>;
  readonly byTask: ReadonlyMap<string, readonly Place[]>;
  readonly byText: ReadonlyMap<string, readonly Place[]>;
};

function open(bytes: Uint8Array, fileName: string): Version {
  const log = readTaskLog(bytes, fileName);
  const places = log.items.map((item) => ({ item, text: textOf(item) }));
  return {
    ...{ log, places },
    byRun: groupBy(places, ({ item }) => (item.kind === "entry" ? item.shown.runId : undefined)),
    byTask: groupBy(places, ({ item }) => (item.kind === "entry" ? item.shown.taskId : undefined)),
    byText: groupBy(places, ({ text }) => text),
  };
}

/** What of ours an entry of theirs is, with what both began from. */
function findCounterpart(
  { base, ours, theirs }: { readonly base: Version; readonly ours: Version; readonly theirs: Version },
  { item, text }: Place,
  matched: ReadonlySet<Place>,
): { readonly ours: Place; readonly base: Place | undefined } | undefined {
  const equal = ours.byText.get(text)?.find((place) => !matched.has(place));
  if (equal !== undefined) return { ours: equal, base: undefined };
  if (item.kind === "invalid") return undefined;
  const { runId, taskId } = item.shown;
  const sameRun = runId === undefined ? undefined : ours.byRun.get(runId)?.find((place) => !matched.has(place));
  if (sameRun !== undefined) return { ours: sameRun, base: base.byRun.get(runId ?? "")?.[0] };
  if (runId !== undefined || taskId === undefined) return undefined;
  const [before, now] = [onlyOne(base.byTask.get(taskId)), onlyOne(ours.byTask.get(taskId))];
  const isSame = before !== undefined && now !== undefined && onlyOne(theirs.byTask.get(taskId)) !== undefined;
  return isSame && !matched.has(now) ? { ours: now, base: before } : undefined;
}

function splice(
  bytes: Uint8Array,
  { log, places }: Version,
  change: { readonly added: readonly Uint8Array[]; readonly replaced: ReadonlyMap<Place, Uint8Array> },
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (const place of places) {
    const raw = change.replaced.get(place);
    if (raw === undefined) continue;
    pieces.push(bytes.subarray(from, place.item.span.start), raw);
    from = place.item.span.end;
  }
  if (change.added.length === 0) return concatBytes([...pieces, bytes.subarray(from)]);
  pieces.push(bytes.subarray(from, log.seenLength));
  const { eol, indentation } = log.style;
  const isArray = log.append === "array";
  for (const [index, raw] of change.added.entries()) {
    const isFirst = places.length === 0 && index === 0;
    const lead = isArray ? `${isFirst ? "" : ","}${eol}${indentation}` : eol;
    pieces.push(encodeText(isFirst && !isArray ? "" : lead), raw);
  }
  const tail = bytes.subarray(log.seenLength);
  // The bracket gets a line of its own, as an append gives it.
  const isTight = isArray && tail[0] === CLOSING_BRACKET;
  return concatBytes([...pieces, encodeText(isTight ? eol : ""), tail]);
}

const CLOSING_BRACKET = 0x5d;

function merged(bytes: Uint8Array, added: number, replaced: number): MergedTaskLogs {
  return { outcome: "merged", bytes, added, replaced };
}

function groupBy(places: readonly Place[], keyOf: (place: Place) => string | undefined): Map<string, Place[]> {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const key = keyOf(place);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return groups;
}

function onlyOne(places: readonly Place[] | undefined): Place | undefined {
  return places?.length === 1 ? places[0] : undefined;
}

/** Equal for equal values, whatever the white space. */
function textOf(item: TaskLogItem): string {
  return item.kind === "entry" ? JSON.stringify(item.entry) : `invalid ${item.raw}`;
}

function rawOf(bytes: Uint8Array, { span }: TaskLogItem): Uint8Array {
  return bytes.subarray(span.start, span.end);
}

function nameOf(item: TaskLogItem): string {
  return item.kind === "entry" ? (item.shown.taskId ?? item.ref) : decodeText(encodeText(item.raw)).slice(0, 40);
}
