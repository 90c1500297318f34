/** A file as spans: byte order mark, front matter, preamble, units. Together they are the file, byte for byte. */
import {
  BYTE_ORDER_MARK,
  concatBytes,
  countLineFeeds,
  hasAsciiAt,
  LINE_FEED,
  lineEndOffset,
  NO_BYTES,
} from "./bytes.ts";
import { type ConflictMark, conflictMarkAt, findConflict, findConflictMarks, type Stretch } from "./conflict.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter.ts";
import type { Marker } from "./marker.ts";
import { makeUnit, markerAt, type Unit } from "./unit.ts";

export interface ChatDocument {
  readonly byteOrderMark: Uint8Array;
  readonly front: FrontMatter | undefined;
  readonly hasInvalidFront: boolean;
  /** All bytes between front matter and first marker line. */
  readonly preamble: Uint8Array;
  readonly units: readonly Unit[];
}

/** What the scan knows of a unit before it knows where the unit ends. */
interface Boundary {
  readonly marker: Marker;
  readonly start: number;
  readonly line: number;
  readonly conflictMarks: ConflictMark[];
}

const HASH = 0x23;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;

/** Reads any bytes. One pass over them; bodies are not decoded. */
export function scanDocument(file: Uint8Array): ChatDocument {
  const start = BYTE_ORDER_MARK.every((byte, index) => file[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  const found = readFrontMatter(file, start);
  const front = typeof found === "string" ? undefined : found;
  const bodyStart = start + (front?.bytes.length ?? 0);
  const { boundaries, lineCount } = findMarkers(file, bodyStart);
  const units = boundaries.map((boundary, index) => {
    const next = boundaries[index + 1];
    return makeUnit(file.subarray(boundary.start, next?.start ?? file.length), boundary.marker, {
      lineCount: (next?.line ?? lineCount) - boundary.line,
      conflictMarks: boundary.conflictMarks,
    });
  });
  return {
    byteOrderMark: file.subarray(0, start),
    front,
    hasInvalidFront: found === "invalid",
    preamble: file.subarray(bodyStart, boundaries[0]?.start ?? file.length),
    units,
  };
}

/** The file. For a document as it was read: the same bytes. */
export function documentBytes(document: ChatDocument): Uint8Array {
  const { byteOrderMark, front, preamble, units } = document;
  return concatBytes([byteOrderMark, front?.bytes ?? NO_BYTES, preamble, ...units.map((unit) => unit.bytes)]);
}

/** The line where a merge conflict begins that holds a marker line or a line of front matter. */
export function conflictLine(document: ChatDocument): number | undefined {
  return findConflict(stretches(document));
}

function* stretches({ front, preamble, units }: ChatDocument): Generator<Stretch> {
  const frontBytes = front?.bytes ?? NO_BYTES;
  for (let start = 0; start < frontBytes.length; ) {
    const end = lineEndOffset(frontBytes, start, frontBytes.length);
    const type = conflictMarkAt(frontBytes, start, end);
    yield {
      isStructure: type === undefined,
      lineCount: 1,
      marks: type === undefined ? [] : [{ type, lineOffset: 0 }],
    };
    start = end;
  }
  yield { isStructure: false, lineCount: countLineFeeds(preamble), marks: findConflictMarks(preamble) };
  for (const unit of units) yield { isStructure: true, lineCount: unit.lineCount, marks: unit.conflictMarks };
}

function findMarkers(
  file: Uint8Array,
  start: number,
): { readonly boundaries: readonly Boundary[]; readonly lineCount: number } {
  const boundaries: Boundary[] = [];
  const { length } = file;
  let line = 0;
  for (let offset = start; offset < length; ) {
    const byte = file[offset] as number;
    if (byte === HASH) {
      const marker = markerOfLine(file, offset);
      if (marker !== undefined) boundaries.push({ marker, start: offset, line, conflictMarks: [] });
    }
    if (byte >= LESS_THAN && byte <= GREATER_THAN) noteConflictMark(boundaries, file, offset, line);
    offset = lineEndOffset(file, offset, length);
    if (file[offset - 1] === LINE_FEED) line++;
  }
  return { boundaries, lineCount: line };
}

function markerOfLine(file: Uint8Array, start: number): Marker | undefined {
  if (!hasAsciiAt(file, start, file.length, "### ")) return undefined;
  return markerAt(file, start, lineEndOffset(file, start, file.length));
}

function noteConflictMark(boundaries: readonly Boundary[], file: Uint8Array, start: number, line: number): void {
  const last = boundaries.at(-1);
  const type = last && conflictMarkAt(file, start, lineEndOffset(file, start, file.length));
  if (type !== undefined) last?.conflictMarks.push({ type, lineOffset: line - last.line });
}
