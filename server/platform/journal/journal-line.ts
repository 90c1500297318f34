/**
 * The journal's lines: one JSON object each, with a checksum as its last member. What a line is shows in its first
 * member: an entry has `n`, a release `release`, a segment's opening line `segment`.
 */
import { crc32 } from "node:zlib";
import type { JournalEntry, JournalRecord } from "./journal.ts";

export interface SegmentOpening {
  /** The segment's own number. */
  readonly segment: number;
  /** No entry in this segment that is not a copy has a smaller number. */
  readonly next: number;
  /** Set when the segment before was given up: what lies in it from this byte on does not count. */
  readonly abandoned?: { readonly segment: number; readonly bytes: number };
}

export type JournalLine =
  | { readonly type: "entry"; readonly entry: JournalEntry }
  | { readonly type: "release"; readonly key: string; readonly number: number }
  | { readonly type: "opening"; readonly opening: SegmentOpening };

/** `,"crc":"01234567"}` and the line feed. */
const TAIL = 19;

export function entryLine(number: number, key: string, record: JournalRecord): string {
  return sealed(`{"n":${number},"key":${JSON.stringify(key)},"record":${JSON.stringify(record)}`);
}

export function releaseLine(key: string, number: number): string {
  return sealed(`{"release":${JSON.stringify(key)},"to":${number}`);
}

export function openingLine(opening: SegmentOpening): string {
  return sealed(JSON.stringify(opening).slice(0, -1));
}

function sealed(body: string): string {
  return `${body}${crcOf(body)}`;
}

/** The end of a line. */
function crcOf(body: string | Uint8Array): string {
  return `,"crc":"${crc32(body).toString(16).padStart(8, "0")}"}\n`;
}

/** Reads the line, with its line feed, from `start` to `end`; undefined when it is not whole or none of ours. */
export function readLine(bytes: Buffer, start: number, end: number): JournalLine | undefined {
  const bodyEnd = end - TAIL;
  if (bodyEnd <= start) return undefined;
  const text = bytes.toString("utf8", start, end);
  if (!text.endsWith(crcOf(bytes.subarray(start, bodyEnd)))) return undefined;
  const found: unknown = JSON.parse(text);
  if (typeof found !== "object" || found === null) return undefined;
  const { n, key, record, release, to, segment, next, abandoned } = found as Record<string, unknown>;
  if (typeof n === "number" && typeof key === "string" && typeof record === "object" && record !== null) {
    return { type: "entry", entry: { number: n, key, record: record as JournalRecord } };
  }
  if (typeof release === "string" && typeof to === "number") return { type: "release", key: release, number: to };
  if (typeof segment !== "number" || typeof next !== "number") return undefined;
  return { type: "opening", opening: { segment, next, ...abandonedPart(abandoned) } };
}

function abandonedPart(found: unknown): Pick<SegmentOpening, "abandoned"> {
  if (typeof found !== "object" || found === null) return {};
  const { segment, bytes } = found as Record<string, unknown>;
  return typeof segment === "number" && typeof bytes === "number" ? { abandoned: { segment, bytes } } : {};
}
