import {
  byteOffsetAt,
  isBlankLine,
  isTopLevel,
  isVerbatim,
  type Lines,
  leadingBlanks,
  lineSpan,
  lineText,
  skipBlankLines,
  trimBlanks,
} from "./lines.ts";
import type { FieldFlag, RecordField, Span } from "./record.ts";

interface FieldStart {
  readonly name: string;
  readonly isColonOutside: boolean;
  /** Where the value starts in the line, behind the colon and its blanks. */
  readonly valueAt: number;
}

export interface FieldList {
  readonly fields: readonly RecordField[];
  /** The line behind the last field. */
  readonly nextLine: number;
}

const INSIDE = /^ {0,3}[-*+][ \t]+\*\*([^*]+?):\*\*/;
const OUTSIDE = /^ {0,3}[-*+][ \t]+\*\*([^*]+?)\*\*[ \t]*:/;
const SMART_QUOTES = /[“”‘’„«»]/;

/** `- **Name:** value` at the start of a top-level list item. */
export function matchField(lines: Lines, index: number): FieldStart | undefined {
  if (lines.depths[index] !== 1 || lines.opened[index] !== 1 || isVerbatim(lines, index)) return undefined;
  const text = lineText(lines, index);
  const inside = INSIDE.exec(text);
  const found = inside ?? OUTSIDE.exec(text);
  const name = trimBlanks(found?.[1] ?? "");
  if (found === null || name === "") return undefined;
  const behind = found[0].length;
  return { name, isColonOutside: inside === null, valueAt: behind + leadingBlanks(text.slice(behind)) };
}

/** Reads the fields from `first` on, with blank lines before and between them; ends before `last`. */
export function readFields(lines: Lines, first: number, last: number): FieldList {
  const fields: RecordField[] = [];
  const names = new Set<string>();
  let nextLine = first;
  for (;;) {
    const index = skipBlankLines(lines, nextLine, last);
    const start = index < last ? matchField(lines, index) : undefined;
    if (start === undefined) return { fields, nextLine };
    nextLine = continuationEnd(lines, index + 1, last);
    const field = readField(lines, start, index, nextLine);
    const name = field.name.toLowerCase();
    fields.push(names.has(name) ? { ...field, flags: [...field.flags, "repeated"] } : field);
    names.add(name);
  }
}

/** Indented lines go on with the field, and so do the lines that Markdown takes for its paragraph. */
function continuationEnd(lines: Lines, first: number, last: number): number {
  let index = first;
  while (index < last && !isBlankLine(lines, index) && continuesField(lines, index)) index++;
  return index;
}

function continuesField(lines: Lines, index: number): boolean {
  if (isTopLevel(lines, index)) return false;
  const isIndented = /^(?: {2}|\t)/.test(lineText(lines, index));
  return (lines.depths[index] ?? 0) > 0 && (isIndented || lines.opened[index] === 0);
}

function readField(lines: Lines, start: FieldStart, first: number, next: number): RecordField {
  const texts = lines.texts.slice(first, next);
  const values = texts.map((text, index) => trimBlanks(index === 0 ? text.slice(start.valueAt) : text));
  const value = values.filter((text) => text !== "").join(" ");
  const flags: FieldFlag[] = [];
  if (start.isColonOutside) flags.push("colon-outside");
  if (texts.some((text) => /[^ ] {2}$|\\$/.test(text.slice(-3)) && trimBlanks(text) !== "")) flags.push("hard-break");
  if (SMART_QUOTES.test(value)) flags.push("smart-quotes");
  if (value === "") flags.push("empty");
  const valueSpan = spanOfValue(lines, start, first, next);
  return { name: start.name, value, span: lineSpan(lines, first, next), valueSpan, flags };
}

function spanOfValue(lines: Lines, start: FieldStart, first: number, next: number): Span {
  const lastText = lineText(lines, next - 1);
  const end = byteOffsetAt(lines, next - 1, Math.max(trimEnd(lastText), next - 1 === first ? start.valueAt : 0));
  // From the first line on, also when the value stands below it: a new one at the start of a line could be a heading.
  return { start: byteOffsetAt(lines, first, start.valueAt), end };
}

function trimEnd(text: string): number {
  return leadingBlanks(text) + trimBlanks(text).length;
}
