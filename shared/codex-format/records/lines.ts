/** A file as lines: their text, their bytes, and where they stand among the blocks of CommonMark. */
import { type LineKind, scanLine, startScan } from "../../chat-format/block-scanner.ts";
import {
  BYTE_ORDER_MARK,
  CARRIAGE_RETURN,
  decodeText,
  encodeText,
  hasOnlyCrlf,
  LINE_FEED,
  type LineEnd,
} from "../../chat-format/bytes.ts";
import type { Span } from "./record.ts";

/** Of one UTF-16 unit. */
const MOST_BYTES = 3;

/** Columns rather than an object a line: a file may be five million lines long. */
export interface Lines {
  readonly bytes: Uint8Array;
  /** Without line ends and without a byte order mark. What is not UTF-8 is U+FFFD. */
  readonly texts: readonly string[];
  /** Where each line's bytes start, and at last the file's length. */
  readonly starts: Uint32Array;
  /** Where each line's text ends, before its line end. */
  readonly ends: Uint32Array;
  /** Containers (quotes, list items) open behind the line. */
  readonly depths: Uint32Array;
  /** How many of them the line has opened. */
  readonly opened: Uint32Array;
  readonly kinds: readonly LineKind[];
}

/** Never throws, whatever the bytes. Linear in their number. */
export function readLines(bytes: Uint8Array): Lines {
  const hasMark = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const first = hasMark ? BYTE_ORDER_MARK.length : 0;
  const texts = decodeText(bytes.subarray(first)).split(/\r\n|\n|\r/);
  if (texts.at(-1) === "") texts.pop();
  const count = texts.length;
  const kinds: LineKind[] = [];
  const lines: Lines = {
    bytes,
    texts,
    starts: new Uint32Array(count + 1),
    ends: new Uint32Array(count),
    depths: new Uint32Array(count),
    opened: new Uint32Array(count),
    kinds,
  };
  placeLines(lines, first);
  const scan = startScan();
  for (const [index, text] of texts.entries()) {
    scanLine(scan, text);
    lines.depths[index] = scan.containers.length;
    lines.opened[index] = scan.opened;
    kinds.push(scan.lineKind);
  }
  return lines;
}

function placeLines({ bytes, texts, starts, ends }: Lines, first: number): void {
  let start = first;
  for (let index = 0; index < texts.length; index++) {
    let end = start;
    while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end++;
    starts[index] = start;
    ends[index] = end;
    start = end + (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? 2 : 1);
  }
  starts[texts.length] = bytes.length;
}

/** Without its line end; empty behind the last line. */
export function lineText(lines: Lines, index: number): string {
  return lines.texts[index] ?? "";
}

/** Where a line starts; behind the last line the file's length. */
export function lineStart(lines: Lines, index: number): number {
  return lines.starts[index] ?? lines.bytes.length;
}

/** The line that holds a byte; behind the last line their number. By halves. */
export function lineAt(lines: Lines, offset: number): number {
  let low = 0;
  let high = lines.texts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines.starts[middle + 1] ?? lines.bytes.length) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Lines from `first` up to, not including, `last`, with their line ends. */
export function lineSpan(lines: Lines, first: number, last: number): Span {
  return { start: lineStart(lines, first), end: lineStart(lines, last) };
}

export function isBlankLine(lines: Lines, index: number): boolean {
  return trimBlanks(lineText(lines, index)) === "";
}

/** Code or HTML, or the fence around it. */
export function isVerbatim(lines: Lines, index: number): boolean {
  const kind = lines.kinds[index];
  return kind === "code" || kind === "html" || kind === "fence" || kind === "fence-end";
}

/** Neither in a quote or list item nor code nor HTML. */
export function isTopLevel(lines: Lines, index: number): boolean {
  return lines.depths[index] === 0 && !isVerbatim(lines, index);
}

/** The first line from `first` on that is not blank, or `last`. */
export function skipBlankLines(lines: Lines, first: number, last: number): number {
  let index = first;
  while (index < last && isBlankLine(lines, index)) index++;
  return index;
}

/** The end of [first, last) without blank lines at its end. */
export function dropBlankLines(lines: Lines, first: number, last: number): number {
  let index = last;
  while (index > first && isBlankLine(lines, index - 1)) index--;
  return index;
}

/** The text of a span; what is not UTF-8 becomes U+FFFD. */
export function spanText(bytes: Uint8Array, span: Span): string {
  return decodeText(bytes.subarray(span.start, span.end));
}

/** A place in a line: the character (UTF-16 unit) and its offset in the file. */
export interface LinePlace {
  readonly character: number;
  readonly offset: number;
}

/** The offset in the file of a character of a line. Linear in the line. */
export function byteOffsetAt(lines: Lines, index: number, character: number): number {
  return byteOffsetFrom(lines, index, { character: 0, offset: lineStart(lines, index) }, character);
}

/** The same from a known place before it. Linear in the text between. */
export function byteOffsetFrom(lines: Lines, index: number, known: LinePlace, character: number): number {
  const text = lineText(lines, index);
  const end = lines.ends[index] ?? lines.bytes.length;
  if (end - lineStart(lines, index) === text.length) return known.offset + character - known.character;
  const between = text.slice(known.character, character);
  if (!between.includes("\ufffd")) return known.offset + encodeText(between).length;
  const most = known.offset + MOST_BYTES * (between.length + 1);
  return offsetByDecoding(lines.bytes, { start: known.offset, end: Math.min(end, most) }, between);
}

/** For what is not UTF-8: takes as many bytes as read as the text. */
function offsetByDecoding(bytes: Uint8Array, span: Span, text: string): number {
  let low = span.start;
  let high = span.end;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const isLonger = decodeText(bytes.subarray(span.start, middle)).length > text.length;
    if (isLonger) high = middle - 1;
    else low = middle;
  }
  return low;
}

/** Without blanks and tabs around it; other white space is content. No regular expression: those take quadratic time. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text[start])) start++;
  while (end > start && isBlank(text[end - 1])) end--;
  return text.slice(start, end);
}

/** How many blanks and tabs stand at the start. */
export function leadingBlanks(text: string): number {
  let count = 0;
  while (isBlank(text[count])) count++;
  return count;
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\t";
}

/** What a new line in this file ends with. */
export function lineEndOf(bytes: Uint8Array): LineEnd {
  return bytes.includes(LINE_FEED) && hasOnlyCrlf(bytes) ? "\r\n" : "\n";
}
