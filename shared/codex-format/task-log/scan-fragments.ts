/** Braces, brackets and conflict markers of a broken log, and which braces belong together. */
import { LINE_FEED, lineEndOffset } from "../../chat-format/bytes.ts";
import { stringEnd } from "./scan-values.ts";

export const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;

/** Parallel lists of numbers, for a hostile file has millions. Any other byte than a brace or bracket is a marker. */
export type Fragments = {
  readonly count: number;
  readonly offsets: Int32Array;
  /** For an open brace the index of its close brace, or 0. */
  readonly partners: Int32Array;
};

/** Comments are skipped, a string ends at the latest at a line feed, so an error ends with its line. */
export function scanFragments(bytes: Uint8Array, from: number): Fragments {
  const most = countFragments(bytes);
  const scan = { count: 0, offsets: new Int32Array(most), partners: new Int32Array(most) };
  const open = { count: 0, indexes: new Int32Array(most) };
  const comments: Comments = { areOver: false };
  for (let index = from; index < bytes.length; ) {
    const byte = bytes[index] as number;
    if (isMarkerByte(byte) && isAtLineStart(bytes, index, from) && isMarkerLine(bytes, index)) {
      scan.offsets[scan.count++] = index;
      index = lineEndOffset(bytes, index, bytes.length);
    } else if (byte === 0x22) {
      index = stringEnd(bytes, index, bytes.length);
    } else if (byte === 0x2f) {
      index = commentEnd(bytes, index, comments);
    } else {
      if (byte === OPEN_BRACE) open.indexes[open.count++] = scan.count;
      if (byte === CLOSE_BRACE && open.count > 0) scan.partners[open.indexes[--open.count] as number] = scan.count;
      if (isFragment(byte)) scan.offsets[scan.count++] = index;
      index++;
    }
  }
  return scan;
}

/** As many at most: those inside of strings are counted too. */
function countFragments(bytes: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (isFragment(byte) || isMarkerByte(byte)) count++;
  }
  return count;
}

function isFragment(byte: number): boolean {
  return byte === OPEN_BRACE || byte === CLOSE_BRACE || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

/** Whether a conflict marker consists of it. */
export function isMarkerByte(byte: number | undefined): boolean {
  return byte === 0x3c || byte === 0x7c || byte === 0x3d || byte === 0x3e;
}

function isAtLineStart(bytes: Uint8Array, index: number, from: number): boolean {
  return index === from || bytes[index - 1] === LINE_FEED;
}

/** Seven equal characters and then a blank or the end of the line, as Git writes them. */
function isMarkerLine(bytes: Uint8Array, start: number): boolean {
  for (let index = start + 1; index < start + 7; index++) if (bytes[index] !== bytes[start]) return false;
  const next = bytes[start + 7];
  return next === undefined || next === 0x20 || next === 0x0a || next === 0x0d;
}

/** A comment that is never closed is none: the entries behind it are still read, and no comment follows. */
type Comments = { areOver: boolean };

/** Behind the comment that starts at `index`, or behind the slash that starts none. */
function commentEnd(bytes: Uint8Array, index: number, comments: Comments): number {
  const next = bytes[index + 1];
  if (next === 0x2f) return lineEndOffset(bytes, index, bytes.length);
  if (next !== 0x2a || comments.areOver) return index + 1;
  let end = index + 2;
  while (end < bytes.length && !isCommentEnd(bytes, end)) end++;
  comments.areOver = end >= bytes.length;
  return comments.areOver ? index + 1 : end + 2;
}

function isCommentEnd(bytes: Uint8Array, index: number): boolean {
  return bytes[index] === 0x2a && bytes[index + 1] === 0x2f;
}

/** White space as JSON has it. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
