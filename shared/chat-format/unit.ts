/** A unit: one marker line and the body behind it, as a span of bytes that is never changed in place. */
import { type BodyContent, readBody } from "./body.ts";
import {
  CARRIAGE_RETURN,
  countLineFeeds,
  decodeStrictly,
  hasAsciiAt,
  LINE_FEED,
  type LineEnd,
  lineEndOffset,
} from "./bytes.ts";
import { type ConflictMark, findConflictMarks } from "./conflict.ts";
import { bodyEndBeforeGuard } from "./guard.ts";
import { type Marker, parseMarker } from "./marker.ts";

export interface Unit extends Marker {
  /** The whole unit, framing included. */
  readonly bytes: Uint8Array;
  readonly lineCount: number;
  /** Of the framing: CRLF when the marker line ends so. */
  readonly lineEnd: LineEnd;
  /** Where the marker line ends, behind its LF. */
  readonly markerEnd: number;
  /** The escaped body, without framing and guard. */
  readonly bodyStart: number;
  readonly bodyEnd: number;
  /** Where the framing behind body and guard begins. */
  readonly contentEnd: number;
  readonly conflictMarks: readonly ConflictMark[];
  /** Decoded when first asked for. */
  readonly content: () => BodyContent;
}

/** What the scan of a file already knows about a unit. */
export interface UnitFacts {
  readonly lineCount: number;
  readonly conflictMarks: readonly ConflictMark[];
}

/** Reads the marker in the line at [start, end), LF included if it is there. */
export function markerAt(bytes: Uint8Array, start: number, end: number): Marker | undefined {
  if (!hasAsciiAt(bytes, start, end, "### ")) return undefined;
  const contentEnd = bytes[end - 1] === LINE_FEED ? end - 1 : end;
  const last = bytes[contentEnd - 1];
  const mayEndComment = last === 0x3e || last === 0x20 || last === 0x09 || last === CARRIAGE_RETURN;
  if (!mayEndComment) return undefined;
  const line = decodeStrictly(bytes.subarray(start, contentEnd));
  return line === undefined ? undefined : parseMarker(line);
}

/** Makes a unit of bytes that begin with this marker's line and hold no other. */
export function makeUnit(bytes: Uint8Array, marker: Marker, facts?: UnitFacts): Unit {
  const markerEnd = lineEndOffset(bytes, 0, bytes.length);
  const lineEnd = lineEndAt(bytes, markerEnd);
  const { start, end } = unframe(bytes, markerEnd, lineEnd);
  const bodyEnd = bodyEndBeforeGuard(bytes, start, end, lineEnd) ?? end;
  let content: BodyContent | undefined;
  return {
    ...marker,
    bytes,
    lineCount: facts?.lineCount ?? countLineFeeds(bytes),
    conflictMarks: facts?.conflictMarks ?? findConflictMarks(bytes),
    lineEnd,
    markerEnd,
    bodyStart: start,
    bodyEnd,
    contentEnd: end,
    content: () => {
      content ??= readBody(bytes.subarray(start, bodyEnd), { unit: bytes, lineEnd, marker });
      return content;
    },
  };
}

/** Reads one unit from bytes that are one. @throws Error when they do not begin with a marker line. */
export function parseUnit(bytes: Uint8Array): Unit {
  const marker = markerAt(bytes, 0, lineEndOffset(bytes, 0, bytes.length));
  if (marker === undefined) throw new Error("These bytes do not begin with a marker line.");
  return makeUnit(bytes, marker);
}

function lineEndAt(bytes: Uint8Array, markerEnd: number): LineEnd {
  const beforeLineFeed = bytes[markerEnd - 1] === LINE_FEED ? markerEnd - 2 : markerEnd - 1;
  return bytes[beforeLineFeed] === CARRIAGE_RETURN ? "\r\n" : "\n";
}

/** Takes away one line end behind the marker line and up to two at the end. */
function unframe(
  bytes: Uint8Array,
  markerEnd: number,
  lineEnd: LineEnd,
): { readonly start: number; readonly end: number } {
  const { length } = lineEnd;
  const start = hasAsciiAt(bytes, markerEnd, bytes.length, lineEnd) ? markerEnd + length : markerEnd;
  let end = bytes.length;
  for (let taken = 0; taken < 2 && end - length >= start && hasAsciiAt(bytes, end - length, end, lineEnd); taken++) {
    end -= length;
  }
  return { start, end };
}
