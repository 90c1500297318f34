import { BYTE_ORDER_MARK, concatBytes, encodeText, NO_BYTES } from "../../chat-format/bytes.ts";
import { toHex } from "./foreign-refs.ts";
import { CONFLICT } from "./gap.ts";
import { readTaskLog } from "./read-task-log.ts";
import type { InvalidTaskLogItem, TaskLog, TaskLogItem } from "./task-log.ts";

/** Which sides of a merge conflict become entries; the marker lines then go. */
export type RepairChoices = { readonly side: "ours" | "theirs" | "both" };

export type RepairedTaskLog = {
  readonly outcome: "repaired" | "nothing-to-repair" | "refused";
  /** The new file, or the old bytes. */
  readonly bytes: Uint8Array;
  /** Entries, byte for byte as they were; sides of conflicts that became entries count too. */
  readonly kept: number;
  /** Fragments kept as `{"invalid": "<raw text>"}`. */
  readonly invalidKept: number;
  /** One sentence for each thing that was done. */
  readonly report: readonly string[];
};

type Repair = { readonly texts: Uint8Array[]; kept: number; invalidKept: number; readonly report: string[] };

/**
 * Makes a JSON array of a broken log (level 3) and keeps every fragment of it: entries byte for byte, conflicts by the
 * choice, everything else as text. The caller keeps a copy of the old bytes.
 */
export function repairTaskLog(bytes: Uint8Array, fileName: string, choices?: RepairChoices): RepairedTaskLog {
  const log = readTaskLog(bytes, fileName);
  const entries = log.items.filter((item) => item.kind === "entry").length;
  const unchanged = { bytes, kept: entries, invalidKept: log.items.length - entries };
  if (log.level !== 3) return { ...unchanged, outcome: "nothing-to-repair", report: [] };
  if (log.append === "none") {
    const reason = log.items[0]?.kind === "invalid" ? log.items[0].reason : "";
    return { ...unchanged, outcome: "refused", report: [`Not repaired, the file is ${reason}; it stays as it is.`] };
  }
  const repair: Repair = { texts: [], kept: 0, invalidKept: 0, report: [] };
  for (const item of log.items) repairItem(repair, bytes, item, choices);
  const { kept, invalidKept } = repair;
  const report = [...repair.report, ...log.problems.map(({ offset, reason }) => `Byte ${offset}: ${reason}.`)];
  return { outcome: "repaired", bytes: writeArray(bytes, log, repair.texts), kept, invalidKept, report };
}

function repairItem(repair: Repair, bytes: Uint8Array, item: TaskLogItem, choices: RepairChoices | undefined): void {
  if (item.kind === "entry") {
    repair.texts.push(bytes.subarray(item.span.start, item.span.end));
    repair.kept++;
    return;
  }
  const where = `Byte ${item.span.start}: ${item.reason}`;
  const chosen = choices === undefined ? undefined : resolveConflict(item, choices);
  if (chosen !== undefined) {
    repair.texts.push(...chosen.map(encodeText));
    repair.kept += chosen.length;
    repair.report.push(`${where}, resolved as ${choices?.side}.`);
    return;
  }
  repair.texts.push(encodeText(JSON.stringify(keepFragment(bytes, item))));
  repair.invalidKept++;
  repair.report.push(`${where}, kept as text.`);
}

/** The entries that a conflict becomes; undefined when it is none or its chosen side is no list of entries. */
function resolveConflict(item: InvalidTaskLogItem, { side }: RepairChoices): readonly string[] | undefined {
  if (item.reason !== CONFLICT) return undefined;
  if (item.sides === undefined) return isOnlyMarkers(item.raw) ? [] : undefined;
  const [ours, theirs] = item.sides.map(({ entries }) => entries);
  if (side === "ours") return ours;
  if (side === "theirs") return theirs;
  if (ours === undefined || theirs === undefined) return undefined;
  const known = new Set(ours);
  return [...ours, ...theirs.filter((text) => !known.has(text))];
}

function isOnlyMarkers(raw: string): boolean {
  return raw.split("\n").every((line) => /^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)|^[\s,[\]]*$/.test(line));
}

/** Bytes that are not UTF-8 do not survive as text, so they are kept as hexadecimal digits too. */
function keepFragment(bytes: Uint8Array, { span, raw }: InvalidTaskLogItem): object {
  const own = bytes.subarray(span.start, span.end);
  if (encodeText(raw).length === own.length && !raw.includes("\ufffd")) return { invalid: raw };
  const isSame = encodeText(raw).every((byte, index) => byte === own[index]);
  return isSame ? { invalid: raw } : { invalid: raw, invalid_bytes: toHex(own) };
}

function writeArray(bytes: Uint8Array, { style }: TaskLog, texts: readonly Uint8Array[]): Uint8Array {
  const hasMark = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const separator = encodeText(`,${style.eol}${style.indentation}`);
  const first = encodeText(style.eol + style.indentation);
  const pieces = texts.flatMap((text, index) => [index === 0 ? first : separator, text]);
  return concatBytes([
    ...[hasMark ? BYTE_ORDER_MARK : NO_BYTES, encodeText("[")],
    ...pieces,
    encodeText(`${texts.length === 0 ? "" : style.eol}]${style.eol}`),
  ]);
}
