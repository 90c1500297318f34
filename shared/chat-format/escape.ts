/**
 * Back-slashes before body lines that look like our own marker or guard lines, as mboxrd does with `From `: every such
 * line gets one more when written and one less when read, so that any text survives and none is taken for a marker.
 */
import { concatBytes, hasAsciiAt, LINE_FEED, lineEndOffset } from "./bytes.ts";

const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const HASH = 0x23;
const LESS_THAN = 0x3c;
const HEADING = "### ";
const GUARD = "<!-- guard -->";
const COMMENT = "<!-- ";
const UNIT_WORDS = ["message", "part", "section"];
const BACKSLASH_BYTE = Uint8Array.of(BACKSLASH);

/** Adds one back-slash to every line that needs care. Linear in the length of the body. */
export function escapeBody(body: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let copied = 0;
  forEachLineStart(body, (start) => {
    if (!needsCare(body, start)) return;
    pieces.push(body.subarray(copied, start), BACKSLASH_BYTE);
    copied = start;
  });
  return copied === 0 && pieces.length === 0 ? body : concatBytes([...pieces, body.subarray(copied)]);
}

/** Takes one back-slash from every line that needs care and starts with one. */
export function unescapeBody(body: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  let copied = 0;
  forEachLineStart(body, (start) => {
    if (body[start] !== BACKSLASH || !needsCare(body, start)) return;
    pieces.push(body.subarray(copied, start));
    copied = start + 1;
  });
  return pieces.length === 0 ? body : concatBytes([...pieces, body.subarray(copied)]);
}

/** Whether decoded text can hold an escaped line at all: a quick look that saves the slow one. */
export function mayHoldEscapes(text: string): boolean {
  return text.includes("\\### ") || text.includes("\\<!-- guard -->");
}

function forEachLineStart(body: Uint8Array, visit: (start: number) => void): void {
  for (let start = 0; start < body.length; start = lineEndOffset(body, start, body.length)) visit(start);
}

function needsCare(body: Uint8Array, lineStart: number): boolean {
  const first = body[lineStart];
  if (first !== HASH && first !== LESS_THAN && first !== BACKSLASH) return false;
  let start = lineStart;
  while (body[start] === BACKSLASH) start++;
  const isHeading = hasAsciiAt(body, start, body.length, HEADING);
  if (!isHeading && !hasAsciiAt(body, start, body.length, GUARD)) return false;
  const end = trimmedLineEnd(body, start);
  if (!isHeading) return end === start + GUARD.length;
  if (!hasAsciiAt(body, end - 3, end, "-->")) return false;
  return hasUnitComment(body, start + HEADING.length, end - 3);
}

/** Where the line's content ends: before its LF, one CR, and blanks. */
function trimmedLineEnd(body: Uint8Array, start: number): number {
  let end = lineEndOffset(body, start, body.length);
  if (body[end - 1] === LINE_FEED) end--;
  if (body[end - 1] === CARRIAGE_RETURN) end--;
  while (body[end - 1] === SPACE || body[end - 1] === TAB) end--;
  return end;
}

/** Whether `<!-- message`, `<!-- part` or `<!-- section`, as a whole word, lies within the offsets. */
function hasUnitComment(body: Uint8Array, start: number, end: number): boolean {
  for (
    let index = body.indexOf(LESS_THAN, start);
    index !== -1 && index < end;
    index = body.indexOf(LESS_THAN, index + 1)
  ) {
    if (!hasAsciiAt(body, index, end, COMMENT)) continue;
    const word = index + COMMENT.length;
    const found = UNIT_WORDS.some((unit) => hasAsciiAt(body, word, end, unit) && !isWordByte(body[word + unit.length]));
    if (found) return true;
  }
  return false;
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && /\w/.test(String.fromCharCode(byte));
}
