import { type Heading, readHeadings } from "../records/headings.ts";
import { type Lines, readLines } from "../records/lines.ts";
import { recordsOf } from "../records/read-records.ts";
import type { InvalidItem, RecordsFile } from "../records/record.ts";
import type { Board, BoardCard, BoardShape } from "./board.ts";
import { BOARD_PREAMBLE } from "./board-preamble.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { checkboxCards, emojiCards, laneCards } from "./item-cards.ts";
import { proposalCard } from "./proposal-cards.ts";
import { tableCards } from "./table-cards.ts";
import { taskBlockCards } from "./task-blocks.ts";
import { taskHeadingCards } from "./task-headings.ts";

/** Reads a board of any form. Never throws, whatever the bytes. The first form that fits decides for the file. */
export function readBoard(bytes: Uint8Array): Board {
  const lines = readLines(bytes);
  const headings = readHeadings(lines);
  const file = recordsOf(lines, "Task");
  const records = file.pieces.filter((piece) => piece.type === "record");
  if (records.length === 0) return otherBoard(lines, headings, file);
  const cards = records.map((record) => proposalCard(lines, headings, record));
  const duplicates = findDuplicates(cards);
  const marked = cards.map((card, index): BoardCard => {
    const first = duplicates.get(index);
    return first === undefined ? card : { ...card, possibleDuplicateOf: first };
  });
  return { shape: "proposals", isReadOnly: false, lanes: [], cards: marked, invalid: invalidOf(file) };
}

function otherBoard(lines: Lines, headings: readonly Heading[], file: RecordsFile): Board {
  const readers: readonly (readonly [BoardShape, () => readonly BoardCard[]])[] = [
    ["task-headings", () => taskHeadingCards(lines, headings)],
    ["blocks", () => taskBlockCards(lines)],
    ["emoji", () => emojiCards(lines, headings)],
    ["tables", () => tableCards(lines, headings)],
    ["checkboxes", () => checkboxCards(lines, headings)],
    ["lanes", () => laneCards(lines, headings)],
  ];
  for (const [shape, read] of readers) {
    const cards = read();
    if (cards.length > 0) return { shape, isReadOnly: true, lanes: lanesOf(cards), cards, invalid: [] };
  }
  const invalid = invalidOf(file);
  const none = { lanes: [], cards: [], invalid };
  if (invalid.length > 0) return { shape: "proposals", isReadOnly: false, ...none };
  return { shape: isEmptyBoard(lines, headings) ? "empty" : "document", isReadOnly: false, ...none };
}

function invalidOf(file: RecordsFile): readonly InvalidItem[] {
  return file.pieces
    .filter((piece) => piece.type === "invalid")
    .map(({ raw, span, reason }) => ({ raw, span, reason }));
}

function lanesOf(cards: readonly BoardCard[]): readonly string[] {
  return [...new Set(cards.flatMap(({ lane }) => lane ?? []))];
}

/** No bytes, white space, one heading, or what a new board starts with. */
function isEmptyBoard(lines: Lines, headings: readonly Heading[]): boolean {
  const texts = lines.texts.filter((text) => text.trim() !== "");
  const [heading] = headings;
  const isHeadingOnly = heading !== undefined && texts.length === heading.nextLine - heading.line;
  return texts.length === 0 || isHeadingOnly || texts.join("\n") === BOARD_PREAMBLE.replace(/\n+/g, "\n").trim();
}
