import { concatBytes, encodeText, LINE_FEED } from "../../chat-format/bytes.ts";
import { readTaskLog } from "./read-task-log.ts";
import { isBlank } from "./scan-fragments.ts";
import type { ByteSpan, TaskLog, TaskLogEntry } from "./task-log.ts";
import { writeEntry } from "./write-entry.ts";

export type AppendedTaskLogEntry =
  /** The whole new file, and where in it the entry stands. */
  | { readonly outcome: "appended"; readonly bytes: Uint8Array; readonly span: ByteSpan }
  /** A broken file: the entry waits for a repair. */
  | { readonly outcome: "pending"; readonly reason: string }
  | { readonly outcome: "refused"; readonly reason: string };

/**
 * Puts an entry behind the last one, every byte before it untouched; no bytes are a file that is not there yet. `log`
 * is what `readTaskLog` gives of the same bytes, when the caller has it.
 */
export function appendTaskLogEntry(
  bytes: Uint8Array,
  fileName: string,
  entry: TaskLogEntry,
  log: TaskLog = readTaskLog(bytes, fileName),
): AppendedTaskLogEntry {
  switch (log.append) {
    case "array":
      return spliceIntoArray(bytes, entry, log);
    case "lines":
      return addLine(bytes, entry, log);
    case "pending":
      return { outcome: "pending", reason: "The log is broken; nothing is added before it is repaired." };
    case "none":
      return { outcome: "refused", reason: "The log has a shape that is only read; nothing was written." };
  }
}

function spliceIntoArray(bytes: Uint8Array, entry: TaskLogEntry, log: TaskLog): AppendedTaskLogEntry {
  const { eol } = log.style;
  const old = bytes.subarray(0, log.seenLength);
  const close = closingBracket(bytes, log.seenLength);
  // A blank file has no brackets yet.
  const lead = close === undefined ? `[${eol}` : `${log.items.length === 0 ? "" : ","}${eol}`;
  const tail = close === undefined ? encodeText(eol) : bytes.subarray(close + 1);
  return join([old, encodeText(lead)], writeEntry(entry, log.style), [encodeText(`${eol}]`), tail]);
}

/** The offset of the bracket behind the last value: nothing but white space stands between. */
function closingBracket(bytes: Uint8Array, from: number): number | undefined {
  let offset = from;
  while (offset < bytes.length && isBlank(bytes[offset])) offset++;
  return offset < bytes.length ? offset : undefined;
}

function addLine(bytes: Uint8Array, entry: TaskLogEntry, { level, seenLength, style }: TaskLog): AppendedTaskLogEntry {
  // Of a blank file only the mark in front is kept, as of a blank array.
  const old = level === 0 ? bytes.subarray(0, seenLength) : bytes;
  const isMidLine = level !== 0 && old.at(-1) !== LINE_FEED;
  const text = writeEntry(entry, { ...style, indentation: "", unit: undefined });
  return join([old, encodeText(isMidLine ? style.eol : "")], text, [encodeText(style.eol)]);
}

function join(before: readonly Uint8Array[], entry: string, behind: readonly Uint8Array[]): AppendedTaskLogEntry {
  const [lead, text] = [concatBytes(before), encodeText(entry)];
  const start = lead.length + (entry.length - entry.trimStart().length);
  const span = { start, end: lead.length + text.length };
  return { outcome: "appended", bytes: concatBytes([lead, text, ...behind]), span };
}
