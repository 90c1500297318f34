/** Boards of blocks: `===TASK===`, lines `key: value` up to `---`, then the title and free text. */
import {
  isBlankLine,
  isVerbatim,
  type Lines,
  leadingBlanks,
  lineSpan,
  lineText,
  spanText,
  trimBlanks,
} from "../records/lines.ts";
import { unmarked } from "../records/names.ts";
import type { RecordField } from "../records/record.ts";
import type { BoardCard } from "./board.ts";
import { cardFacts, wordStatus } from "./card-fields.ts";
import { readChecklist } from "./card-parts.ts";
import { fieldOnLine } from "./task-headings.ts";

const OPENING = /^={2,}[ \t]*TASK\b[^=]*={2,}[ \t]*$/i;
const CLOSING = /^={2,}[ \t]*(?:\/|END)[^=]*={2,}[ \t]*$/i;
const FIELD = /^[ \t]*(?:\*\*)?([A-Za-z][A-Za-z0-9 _-]{0,40})(?:\*\*)?:(?:\*\*)?(?=[ \t]|$)/;

/** An empty list when no line opens a block. */
export function taskBlockCards(lines: Lines): readonly BoardCard[] {
  const cards: BoardCard[] = [];
  let first: number | undefined;
  for (let index = 0; index <= lines.texts.length; index++) {
    const isEnd = index === lines.texts.length;
    const isOpening = !isEnd && isMark(lines, index, OPENING);
    const isClosing = !isEnd && isMark(lines, index, CLOSING);
    if (!isEnd && !isOpening && !isClosing) continue;
    if (first !== undefined) cards.push(blockCard(lines, first, isClosing ? index + 1 : index));
    first = isOpening ? index : undefined;
  }
  return cards;
}

function isMark(lines: Lines, index: number, mark: RegExp): boolean {
  const text = lineText(lines, index);
  return text.startsWith("==") && !isVerbatim(lines, index) && mark.test(text);
}

function blockCard(lines: Lines, first: number, last: number): BoardCard {
  const { fields, nextLine } = headFields(lines, first + 1, last);
  const valueOf = (...names: readonly string[]) => fields.find(({ name }) => names.includes(name.toLowerCase()))?.value;
  const key = valueOf("id", "key", "task id", "task_id");
  const named = valueOf("title", "name", "task", "summary");
  const span = lineSpan(lines, first, last);
  return {
    ...(key === undefined || key === "" ? {} : { key: unmarked(key) }),
    title: named || firstText(lines, nextLine, last),
    ...wordStatus(fields),
    ...cardFacts(fields),
    fields,
    sections: [],
    checklist: readChecklist(lines, nextLine, last),
    span,
    raw: spanText(lines.bytes, span),
    problems: [],
  };
}

function headFields(lines: Lines, first: number, last: number): { fields: readonly RecordField[]; nextLine: number } {
  const fields: RecordField[] = [];
  for (let index = first; index < last; index++) {
    const text = lineText(lines, index);
    if (isBlankLine(lines, index)) continue;
    if (/^-{3,}[ \t]*$/.test(text)) return { fields, nextLine: index + 1 };
    const found = FIELD.exec(text);
    if (found === null) return { fields, nextLine: index };
    const at = found[0].length + leadingBlanks(text.slice(found[0].length));
    fields.push(fieldOnLine(lines, index, found[1] as string, at));
  }
  return { fields, nextLine: last };
}

function firstText(lines: Lines, first: number, last: number): string {
  for (let index = first; index < last; index++) {
    const text = trimBlanks(lineText(lines, index).replace(/^[ \t]*#{1,6}[ \t]/, ""));
    if (text !== "" && !CLOSING.test(text)) return text;
  }
  return "";
}
