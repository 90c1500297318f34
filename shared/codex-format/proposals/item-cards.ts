/** Boards of list items: status emoji, boxes, or bullets below a lane's name. */
import type { Heading } from "../records/headings.ts";
import {
  byteOffsetAt,
  isTopLevel,
  type Lines,
  leadingBlanks,
  lineSpan,
  lineText,
  spanText,
  trimBlanks,
} from "../records/lines.ts";
import { type ItemStart, itemEnd, itemText, outerDepth, readItemStart } from "../records/list-items.ts";
import { withoutPictures } from "../records/names.ts";
import type { BoardCard } from "./board.ts";
import { isLaneName } from "./board-lanes.ts";
import { statusEmoji, statusOfMark } from "./board-status.ts";
import { feedbackIds } from "./card-fields.ts";
import { headingBefore, readChecklist } from "./card-parts.ts";

type Status = Pick<BoardCard, "status" | "statusText" | "statusForm" | "statusSpan">;

interface Found {
  readonly title: string;
  readonly status: Status;
  readonly first: number;
  readonly last: number;
}

/** The outermost boxes; those inside are their checklist. */
export function checkboxCards(lines: Lines, headings: readonly Heading[]): readonly BoardCard[] {
  return cardsOf(lines, headings, (index) => {
    const start = readItemStart(lines, index);
    if (start?.box === undefined) return undefined;
    const { mark, span } = start.box;
    const status: Status = {
      ...statusOf(statusOfMark(mark)),
      statusText: mark,
      statusForm: "checkbox",
      statusSpan: span,
    };
    return itemFound(lines, start, index, status);
  });
}

/** Bullets of the outermost level below a heading that names a lane. */
export function laneCards(lines: Lines, headings: readonly Heading[]): readonly BoardCard[] {
  return cardsOf(lines, headings, (index) => {
    const start = outerDepth(lines, index) === 0 ? readItemStart(lines, index) : undefined;
    const lane = start === undefined ? undefined : headingBefore(headings, index);
    if (start === undefined || lane === undefined || start.text === "" || !isLaneName(lane.text)) return undefined;
    return itemFound(lines, start, index, {});
  });
}

/** Items, and lines of text, that start with a status emoji and go on with more than `= meaning`. */
export function emojiCards(lines: Lines, headings: readonly Heading[]): readonly BoardCard[] {
  return cardsOf(lines, headings, (index) => {
    const item = readItemStart(lines, index);
    if (item !== undefined) return item.box === undefined ? emojiItem(lines, item, index) : undefined;
    return isTopLevel(lines, index) && lines.kinds[index] === "text" ? emojiLine(lines, index) : undefined;
  });
}

function emojiItem(lines: Lines, item: ItemStart, index: number): Found | undefined {
  const emoji = textBehindEmoji(item.text);
  if (emoji === undefined) return undefined;
  const found = itemFound(lines, { ...item, text: emoji.rest }, index, emojiStatus(lines, index, item.textAt, emoji));
  return found;
}

/** A line of a paragraph, with the lines below it up to the next one that starts with a status emoji. */
function emojiLine(lines: Lines, index: number): Found | undefined {
  const text = lineText(lines, index);
  const at = leadingBlanks(text);
  const emoji = textBehindEmoji(trimBlanks(text));
  if (emoji === undefined) return undefined;
  const texts = [emoji.rest];
  let last = index + 1;
  for (; goesOn(lines, last); last++) texts.push(trimBlanks(lineText(lines, last)));
  const status = emojiStatus(lines, index, at, emoji);
  return { title: texts.join(" "), status, first: index, last };
}

function goesOn(lines: Lines, index: number): boolean {
  return (
    index < lines.texts.length &&
    lines.kinds[index] === "text" &&
    isTopLevel(lines, index) &&
    statusEmoji(trimBlanks(lineText(lines, index))) === undefined
  );
}

interface EmojiText {
  readonly emoji: string;
  readonly status: NonNullable<BoardCard["status"]>;
  readonly rest: string;
}

function textBehindEmoji(text: string): EmojiText | undefined {
  const found = statusEmoji(text);
  if (found === undefined) return undefined;
  const rest = trimBlanks(text.slice(found.length));
  return rest === "" || rest.startsWith("=")
    ? undefined
    : { emoji: text.slice(0, found.length), status: found.status, rest };
}

function emojiStatus(lines: Lines, index: number, at: number, { emoji, status }: EmojiText): Status {
  const statusSpan = { start: byteOffsetAt(lines, index, at), end: byteOffsetAt(lines, index, at + emoji.length) };
  return { status, statusText: emoji, statusForm: "emoji", statusSpan };
}

function statusOf(status: BoardCard["status"]): Status {
  return status === undefined ? {} : { status };
}

function itemFound(lines: Lines, start: ItemStart, first: number, status: Status): Found {
  const last = itemEnd(lines, first, lines.texts.length);
  return { title: itemText(lines, start, first, last), status, first, last };
}

/** Goes through the lines; what lies inside a card starts none of its own. */
function cardsOf(
  lines: Lines,
  headings: readonly Heading[],
  read: (index: number) => Found | undefined,
): readonly BoardCard[] {
  const cards: BoardCard[] = [];
  for (let index = 0; index < lines.texts.length; index++) {
    const found = read(index);
    if (found === undefined) continue;
    cards.push(itemCard(lines, headings, found));
    index = found.last - 1;
  }
  return cards;
}

function itemCard(lines: Lines, headings: readonly Heading[], { title, status, first, last }: Found): BoardCard {
  const span = lineSpan(lines, first, last);
  const raw = spanText(lines.bytes, span);
  const lane = headingBefore(headings, first);
  return {
    title,
    ...status,
    ...(lane === undefined ? {} : { lane: withoutPictures(lane.text) }),
    feedback: feedbackIds(raw),
    fields: [],
    sections: [],
    checklist: readChecklist(lines, first + 1, last),
    span,
    raw,
    problems: [],
  };
}
