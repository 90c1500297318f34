/** List items that stand for a record each: where they start and end, their box and their text. */
import { byteOffsetAt, isBlankLine, isVerbatim, type Lines, leadingBlanks, lineText, trimBlanks } from "./lines.ts";
import type { Span } from "./record.ts";

export interface ItemStart {
  /** Behind the list mark, and behind the box when there is one. */
  readonly text: string;
  /** Where that text starts in the line. */
  readonly textAt: number;
  readonly box?: { readonly mark: string; readonly span: Span };
}

const MARK = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;
const BOX = /^\[([ xX~-])\](?=[ \t]|$)/;

/** The item that the line starts in a list that stands in no quote; undefined for other lines. */
export function readItemStart(lines: Lines, index: number): ItemStart | undefined {
  if ((lines.opened[index] ?? 0) === 0 || isVerbatim(lines, index)) return undefined;
  const text = lineText(lines, index);
  const mark = MARK.exec(text);
  if (mark === null) return undefined;
  const at = behindBlanks(text, mark[0].length);
  const box = BOX.exec(text.slice(at, at + 4));
  if (box === null) return { text: trimBlanks(text.slice(at)), textAt: at };
  const start = byteOffsetAt(lines, index, at + 1);
  const textAt = behindBlanks(text, at + 3);
  return {
    text: trimBlanks(text.slice(textAt)),
    textAt,
    box: { mark: box[1] as string, span: { start, end: start + 1 } },
  };
}

/** How many quotes and list items stand around the item that the line starts. */
export function outerDepth(lines: Lines, index: number): number {
  return (lines.depths[index] ?? 0) - (lines.opened[index] ?? 0);
}

/** The first line behind the item that starts on line `first`. Blank lines at its end are in it. */
export function itemEnd(lines: Lines, first: number, last: number): number {
  const outer = outerDepth(lines, first);
  let index = first + 1;
  while (index < last && outerDepth(lines, index) > outer) index++;
  return index;
}

/** The item's text with the lines that go on with its first paragraph, joined by blanks. */
export function itemText(lines: Lines, start: ItemStart, first: number, last: number): string {
  const texts = [start.text];
  for (let index = first + 1; index < last && goesOn(lines, index); index++)
    texts.push(trimBlanks(lineText(lines, index)));
  return trimBlanks(texts.join(" "));
}

function goesOn(lines: Lines, index: number): boolean {
  return lines.kinds[index] === "text" && lines.opened[index] === 0 && !isBlankLine(lines, index);
}

function behindBlanks(text: string, from: number): number {
  return from + leadingBlanks(text.slice(from));
}
