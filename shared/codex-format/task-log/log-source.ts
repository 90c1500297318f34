import { BYTE_ORDER_MARK, decodeStrictly, decodeText } from "../../chat-format/bytes.ts";
import { createEntryItems, type EntryItems } from "./entry-items.ts";
import { createForeignRefs } from "./foreign-refs.ts";
import type { ScannedValues } from "./scan-values.ts";
import type { ByteSpan, Digest, TaskLogAppend, TaskLogItem, TaskLogLevel, TaskLogProblem } from "./task-log.ts";

/** A log's bytes, the same as text, and what makes its items. */
export type LogSource = {
  readonly bytes: Uint8Array;
  /** Behind a byte order mark. */
  readonly start: number;
  /** From `start` on; undefined when the bytes are not UTF-8. */
  readonly text: string | undefined;
  /** A name that ends in `.jsonl`. */
  readonly isLines: boolean;
  /** A name that ends in `.md` or `.markdown`, with or without `.bak` behind. */
  readonly isMarkdown: boolean;
  readonly textOf: (span: ByteSpan) => string;
  readonly items: EntryItems;
};

/** What the reader of one level finds; `seenLength` is in bytes. */
export type LogContent = {
  readonly level: TaskLogLevel;
  readonly items: readonly TaskLogItem[];
  readonly append: TaskLogAppend;
  readonly seenLength: number;
  readonly problems?: readonly TaskLogProblem[];
};

/** The file with what all levels of reading share, behind a byte order mark. Without `text` when it is not UTF-8. */
export function createLogSource(bytes: Uint8Array, fileName: string, digest: Digest): LogSource {
  const start = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const text = decodeStrictly(bytes.subarray(start));
  const isAscii = text?.length === bytes.length - start;
  const textOf = (span: ByteSpan): string =>
    isAscii ? text.slice(span.start - start, span.end - start) : decodeText(bytes.subarray(span.start, span.end));
  const items = createEntryItems(textOf, createForeignRefs(bytes, textOf, digest));
  return {
    bytes,
    start,
    text,
    isLines: /\.jsonl$/i.test(fileName),
    isMarkdown: /\.(?:md|markdown)(?:\.bak)?$/i.test(fileName),
    textOf,
    items,
  };
}

/** Deeper than this nothing is read. */
export const DEEPEST = 1_000;

/** Undefined when the text is not JSON. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The item of a value whose span `scan` holds at `index`; `key` is what a keyed object files it under. */
export function readItem(
  items: EntryItems,
  value: unknown,
  scan: ScannedValues,
  index: number,
  key?: string,
): TaskLogItem {
  const span = spanAt(scan, index);
  if (!isObject(value)) return items.invalid(span, "not an object");
  const hasTwins = scan.members[index] !== Object.keys(value).length;
  const needsExactness = hasTwins || scan.needsExactness[index] === true;
  return items.fromValue({ span, value, needsExactness, ...(key !== undefined && { key }) });
}

export function spanAt(scan: ScannedValues, index: number): ByteSpan {
  return { start: scan.starts[index] ?? 0, end: scan.ends[index] ?? 0 };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
