/** Braces, brackets and conflict markers of a broken log, and which braces belong together. */
import { hasAsciiAt, LINE_FEED, lineEndOffset } from "../../chat-format/bytes.ts";
import { stringEnd } from "./scan-values.ts";

export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
/** A line of a merge conflict. */
export const MARKER = 0x3c;

/** Parallel lists, for a hostile file has millions. */
export type Fragments = {
  readonly kinds: number[];
  readonly offsets: number[];
  /** For an open brace the index of its close brace, or -1. */
  readonly partners: number[];
};

const MARKERS = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/** Comments are skipped, a string ends at the latest at a line feed, so an error ends with its line. */
export function scanFragments(bytes: Uint8Array, from: number): Fragments {
  const fragments: Fragments = { kinds: [], offsets: [], partners: [] };
  const open: number[] = [];
  const lastCommentEnd = lastIndexOfCommentEnd(bytes);
  for (let index = from; index < bytes.length; ) {
    const byte = bytes[index] as number;
    if (isAtLineStart(bytes, index, from) && isMarkerLine(bytes, index)) {
      add(fragments, MARKER, index);
      index = lineEndOffset(bytes, index, bytes.length);
    } else if (byte === 0x22) {
      index = stringEnd(bytes, index, bytes.length);
    } else if (byte === 0x2f) {
      index = commentEnd(bytes, index, lastCommentEnd);
    } else {
      if (byte === OPEN_BRACE) open.push(fragments.kinds.length);
      if (byte === CLOSE_BRACE) close(fragments, open);
      if (isBracket(byte)) add(fragments, byte, index);
      index++;
    }
  }
  return fragments;
}

function add(fragments: Fragments, kind: number, offset: number): void {
  fragments.kinds.push(kind);
  fragments.offsets.push(offset);
  fragments.partners.push(-1);
}

function close(fragments: Fragments, open: number[]): void {
  const opened = open.pop();
  if (opened !== undefined) fragments.partners[opened] = fragments.kinds.length;
}

function isBracket(byte: number): boolean {
  return byte === OPEN_BRACE || byte === CLOSE_BRACE || byte === OPEN_BRACKET || byte === CLOSE_BRACKET;
}

function isAtLineStart(bytes: Uint8Array, index: number, from: number): boolean {
  return index === from || bytes[index - 1] === LINE_FEED;
}

/** Seven equal characters and then a blank or the end of the line, as Git writes them. */
export function isMarkerLine(bytes: Uint8Array, start: number): boolean {
  if (!MARKERS.some((marker) => hasAsciiAt(bytes, start, bytes.length, marker))) return false;
  const next = bytes[start + 7];
  return next === undefined || next === 0x20 || next === 0x0a || next === 0x0d;
}

/** Behind the comment that starts at `index`, or behind the slash that starts none. */
function commentEnd(bytes: Uint8Array, index: number, lastCommentEnd: number): number {
  const next = bytes[index + 1];
  if (next === 0x2f) return lineEndOffset(bytes, index, bytes.length);
  if (next !== 0x2a || index + 2 > lastCommentEnd) return index + 1;
  let end = index + 2;
  while (!isCommentEnd(bytes, end)) end++;
  return end + 2;
}

/** A comment that is never closed is none: the entries behind it are still read. */
function lastIndexOfCommentEnd(bytes: Uint8Array): number {
  let index = bytes.length - 2;
  while (index >= 0 && !isCommentEnd(bytes, index)) index--;
  return index;
}

function isCommentEnd(bytes: Uint8Array, index: number): boolean {
  return bytes[index] === 0x2a && bytes[index + 1] === 0x2f;
}

/** White space as JSON has it. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
