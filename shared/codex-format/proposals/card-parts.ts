/** Sections and boxes inside a card's lines. */

import { type Heading, isSeparator } from "../records/headings.ts";
import { dropBlankLines, type Lines, lineSpan, skipBlankLines, spanText } from "../records/lines.ts";
import { itemText, readItemStart } from "../records/list-items.ts";
import { withoutPictures } from "../records/names.ts";
import type { BoardSection, ChecklistItem } from "./board.ts";

/** Sections below headings of levels 1 to 3 (or the shallowest that is there) in [first, last). */
export function readSections(
  lines: Lines,
  headings: readonly Heading[],
  first: number,
  last: number,
): readonly BoardSection[] {
  const inside = headingsWithin(headings, first, last);
  const level = inside.reduce((least, heading) => Math.min(least, heading.level), 6);
  const heads = inside.filter((heading) => heading.level <= Math.max(level, 3));
  return heads.map((heading, index) => {
    const next = heads[index + 1]?.line ?? last;
    const start = skipBlankLines(lines, heading.nextLine, next);
    const span = lineSpan(lines, start, contentEnd(lines, start, next));
    const text = spanText(lines.bytes, span).trimEnd();
    return { name: withoutPictures(heading.text), text, span };
  });
}

/** The headings on lines [first, last): they come in order, so that a search by halves finds the first. */
function headingsWithin(headings: readonly Heading[], first: number, last: number): readonly Heading[] {
  return headings.slice(firstFrom(headings, first), firstFrom(headings, last));
}

/** The last heading before a line. */
export function headingBefore(headings: readonly Heading[], line: number): Heading | undefined {
  return headings[firstFrom(headings, line) - 1];
}

function firstFrom(headings: readonly Heading[], line: number): number {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((headings[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

function contentEnd(lines: Lines, first: number, last: number): number {
  const end = dropBlankLines(lines, first, last);
  return end > first && isSeparator(lines, end - 1) ? dropBlankLines(lines, first, end - 1) : end;
}

/** All boxes in [first, last), nested ones too, outside code and HTML. */
export function readChecklist(lines: Lines, first: number, last: number): readonly ChecklistItem[] {
  const items: ChecklistItem[] = [];
  for (let index = first; index < last; index++) {
    const start = readItemStart(lines, index);
    if (start?.box === undefined) continue;
    const { mark, span } = start.box;
    const text = itemText(lines, start, index, last);
    items.push({ text, isChecked: mark === "x" || mark === "X", mark, span });
  }
  return items;
}
