/** The `key: value` lines at the start of a file. Unknown lines are kept byte for byte; an edit changes one line. */
import {
  CARRIAGE_RETURN,
  concatBytes,
  decodeStrictly,
  decodeText,
  encodeText,
  LINE_FEED,
  type LineEnd,
  lineEndOffset,
} from "./bytes.ts";
import { parseMarker } from "./marker.ts";

export const FORMAT = "chat.md/1";
const FRONT_LIMIT = 64 * 1024;

export interface FrontMatter {
  /** From the first `---` through the line end of the last. */
  readonly bytes: Uint8Array;
  readonly entries: ReadonlyMap<string, string>;
  readonly lineEnd: LineEnd;
  /** The offset of the closing `---`. */
  readonly closing: number;
}

const KEY = /^([A-Za-z0-9_][A-Za-z0-9_.-]*):[ \t]+(.*)$/s;
const LINE_KEY = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const FIRST_KEYS = ["format", "id", "title", "created", "updated", "head", "model"];
const JSON_ESCAPES = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/**
 * Reads front matter at `start`. `absent`: the file does not begin with `---`. `invalid`: it does, but the block is not
 * closed, is longer than 64 KiB, or holds a marker line; the text is then preamble and units.
 */
export function readFrontMatter(bytes: Uint8Array, start: number): FrontMatter | "absent" | "invalid" {
  const limit = Math.min(bytes.length, start + FRONT_LIMIT + 1);
  const firstEnd = lineEndOffset(bytes, start, limit);
  if (lineText(bytes, start, firstEnd) !== "---" || bytes[firstEnd - 1] !== LINE_FEED) return "absent";
  const entries = new Map<string, string>();
  for (let lineStart = firstEnd; lineStart < limit; ) {
    const lineEnd = lineEndOffset(bytes, lineStart, limit);
    const line = lineText(bytes, lineStart, lineEnd);
    if (line === "---") {
      if (lineEnd - start > FRONT_LIMIT) return "invalid";
      const block = bytes.subarray(start, lineEnd);
      return { bytes: block, entries, lineEnd: lineEndOf(bytes, firstEnd), closing: lineStart - start };
    }
    if (isMarkerLine(bytes, lineStart, lineEnd)) return "invalid";
    const entry = readEntry(line);
    if (entry !== undefined && !entries.has(entry.key)) entries.set(entry.key, entry.value);
    lineStart = lineEnd;
  }
  return "invalid";
}

/** Canonical front matter: the format, then the keys of the format in their order, then the others as given. */
export function composeFrontMatter(front: Readonly<Record<string, string>>): FrontMatter {
  const values = new Map(Object.entries({ format: FORMAT, ...front }));
  const known = FIRST_KEYS.filter((key) => values.has(key));
  const keys = [...known, ...[...values.keys()].filter((key) => !FIRST_KEYS.includes(key))];
  const lines = keys.map((key) => `${writeEntry(key, values.get(key) ?? "")}\n`);
  return reread(encodeText(`---\n${lines.join("")}---\n`));
}

/**
 * Sets one key, or takes it away when `value` is undefined (then all its repetitions go).
 * @throws RangeError when the key cannot be one, or the block would be longer than 64 KiB.
 */
export function setFrontEntry(front: FrontMatter, key: string, value: string | undefined): FrontMatter {
  const { bytes, closing } = front;
  const pieces: Uint8Array[] = [];
  let isPlaced = value === undefined;
  for (let start = 0; start < bytes.length; ) {
    const end = lineEndOffset(bytes, start, bytes.length);
    const line = bytes.subarray(start, end);
    const isKey = start > 0 && start < closing && readEntry(lineText(bytes, start, end))?.key === key;
    const isDue = !isPlaced && (isKey || start === closing);
    if (isDue && value !== undefined) {
      pieces.push(encodeText(`${writeEntry(key, value)}${isKey ? lineEndOf(bytes, end) : front.lineEnd}`));
      isPlaced = true;
    }
    if (!isKey || (!isDue && value !== undefined)) pieces.push(line);
    start = end;
  }
  return reread(concatBytes(pieces));
}

/** Whether a line, with or without its line end, is `key: value`. */
export function isFrontEntry(line: string): boolean {
  return readEntry(line.replace(/\r?\n$|\r$/, "")) !== undefined;
}

function reread(bytes: Uint8Array): FrontMatter {
  const front = readFrontMatter(bytes, 0);
  if (typeof front === "string") throw new RangeError("The front matter would be longer than 64 KiB.");
  return front;
}

function lineText(bytes: Uint8Array, start: number, end: number): string {
  const line = decodeText(bytes.subarray(start, end));
  return line.replace(/\r?\n$|\r$/, "");
}

function lineEndOf(bytes: Uint8Array, end: number): LineEnd {
  return bytes[end - 2] === CARRIAGE_RETURN ? "\r\n" : "\n";
}

function isMarkerLine(bytes: Uint8Array, start: number, end: number): boolean {
  const line = decodeStrictly(bytes.subarray(start, bytes[end - 1] === LINE_FEED ? end - 1 : end));
  return line !== undefined && parseMarker(line) !== undefined;
}

function readEntry(line: string): { readonly key: string; readonly value: string } | undefined {
  const match = KEY.exec(line);
  if (match === null) return undefined;
  const [, key = "", value = ""] = match;
  return { key, value: readValue(value) };
}

function readValue(written: string): string {
  const value = trimBlanks(written);
  if (!value.startsWith('"')) return value;
  try {
    return JSON.parse(value) as string;
  } catch {
    return value;
  }
}

function writeEntry(key: string, value: string): string {
  if (!LINE_KEY.test(key)) throw new RangeError(`"${key}" cannot be a key of the front matter.`);
  return `${key}: ${isBare(value) ? value : quote(value)}`;
}

function isBare(value: string): boolean {
  if (!/^[\p{L}\p{N}]/u.test(value) || !value.isWellFormed()) return false;
  return !/: | #|:$|\s$|[\p{Cc}\u2028\u2029\ufeff]/u.test(value);
}

function quote(value: string): string {
  return JSON.stringify(value).replace(JSON_ESCAPES, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === " " || text[start] === "\t") start++;
  while (end > start && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(start, end);
}
