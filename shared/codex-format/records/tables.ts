/** Tables of GitHub Flavored Markdown, as rows of cells with their places. */
import {
  byteOffsetFrom,
  isTopLevel,
  type LinePlace,
  type Lines,
  leadingBlanks,
  lineStart,
  lineText,
  trimBlanks,
} from "./lines.ts";
import type { Span } from "./record.ts";

export interface TableCell {
  /** As written, but for `\|`, which is a bar. */
  readonly text: string;
  readonly span: Span;
}

export interface TableRow {
  readonly line: number;
  readonly cells: readonly TableCell[];
}

export interface Table {
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
}

/** The tables that stand in no quote, list item, code or HTML. */
export function readTables(lines: Lines): readonly Table[] {
  const tables: Table[] = [];
  for (let index = 1; index < lines.texts.length; index++) {
    if (!isTableStart(lines, index)) continue;
    const header = readRow(lines, index - 1);
    const rows: TableRow[] = [];
    while (isRow(lines, index + 1)) rows.push(readRow(lines, ++index));
    tables.push({ header, rows });
  }
  return tables;
}

/** Whether the line is the row of `---` below a header with as many cells. */
function isTableStart(lines: Lines, index: number): boolean {
  const text = lineText(lines, index);
  if (!/^[ \t]*[|:-]/.test(text) || !(text.includes("|") || lineText(lines, index - 1).includes("|"))) return false;
  if (!isRow(lines, index - 1) || !isTopLevel(lines, index)) return false;
  const marks = splitCells(text);
  if (!marks.every(({ text: mark }) => /^:?-+:?$/.test(mark))) return false;
  return marks.length === splitCells(lineText(lines, index - 1)).length;
}

function isRow(lines: Lines, index: number): boolean {
  return index < lines.texts.length && isTopLevel(lines, index) && lines.kinds[index] === "text";
}

function readRow(lines: Lines, line: number): TableRow {
  const cells = splitCells(lineText(lines, line));
  let known: LinePlace = { character: 0, offset: lineStart(lines, line) };
  const offsetAt = (character: number) => {
    known = { character, offset: byteOffsetFrom(lines, line, known, character) };
    return known.offset;
  };
  return {
    line,
    cells: cells.map(({ text, start, end }) => {
      const span = { start: offsetAt(start), end: offsetAt(end) };
      return { text: text.replaceAll("\\|", "|"), span };
    }),
  };
}

interface RawCell {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Cells between bars; a bar behind a back-slash is content. The bars at both ends of the row are no cells. */
function splitCells(text: string): readonly RawCell[] {
  const cells: RawCell[] = [];
  let start = leadingBlanks(text);
  if (text[start] === "|") start++;
  for (let index = start; index <= text.length; index++) {
    const isBar = text[index] === "|" && text[index - 1] !== "\\";
    if (!isBar && index < text.length) continue;
    if (!isBar && trimBlanks(text.slice(start)) === "" && cells.length > 0) break;
    cells.push(trimmedCell(text, start, index));
    start = index + 1;
  }
  return cells;
}

function trimmedCell(text: string, start: number, end: number): RawCell {
  const raw = text.slice(start, end);
  const trimmed = trimBlanks(raw);
  const first = start + (trimmed === "" ? 0 : leadingBlanks(raw));
  return { text: trimmed, start: first, end: first + trimmed.length };
}
