/** Edits of a board: each replaces one span and leaves every other byte as it is. */
import { replaceSpan, setRecordField, valueText } from "../records/edit-records.ts";
import { lineStart, readLines } from "../records/lines.ts";
import type { MarkdownRecord, Span } from "../records/record.ts";
import type { Board, BoardCard, ProposalStatus } from "./board.ts";
import { emojiOfStatus, markOfStatus, nextStatuses, writableStatuses } from "./board-status.ts";

const SPACE = 0x20;
const SMALL_X = 0x78;
const CAPITAL_X = 0x58;

/**
 * Gives a card a status, in the form that the card has: a word, an emoji, a box. Our own records get the field when it
 * is missing. Undefined when the board cannot say that status there. Which statuses may follow says `statusChoices`.
 */
export function setProposalStatus(bytes: Uint8Array, card: BoardCard, status: ProposalStatus): Uint8Array | undefined {
  const { statusSpan, statusForm } = card;
  if (statusSpan === undefined || statusForm === undefined) return addStatus(bytes, card, status);
  if (statusForm === "emoji") return replaced(bytes, statusSpan, emojiOfStatus(status));
  if (statusForm === "checkbox") return replaced(bytes, statusSpan, markOfStatus(status));
  return replaceSpan(bytes, statusSpan, valueText(bytes, statusSpan, wordFor(card, status)));
}

function replaced(bytes: Uint8Array, span: Span, text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : replaceSpan(bytes, span, text);
}

/** Boards that write `In Progress` get a capital letter too. */
function wordFor({ statusText = "" }: BoardCard, status: ProposalStatus): string {
  if (!/^\p{Lu}/u.test(statusText)) return status;
  const words = status.replaceAll("-", " ");
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

function addStatus(bytes: Uint8Array, card: BoardCard, status: ProposalStatus): Uint8Array | undefined {
  return isOurs(card) ? setRecordField(bytes, recordOf(bytes, card), "Status", status) : undefined;
}

/** Gives a field of one of our own records a value; undefined for cards of other boards, which are read-only. */
export function setCardField(bytes: Uint8Array, card: BoardCard, name: string, value: string): Uint8Array | undefined {
  return isOurs(card) ? setRecordField(bytes, recordOf(bytes, card), name, value) : undefined;
}

function recordOf(bytes: Uint8Array, { span, fields }: BoardCard): Pick<MarkdownRecord, "head" | "fields"> {
  const lines = readLines(bytes.subarray(span.start, span.end));
  return { head: { start: span.start, end: span.start + lineStart(lines, 1) }, fields };
}

function isOurs(card: BoardCard): boolean {
  return /^ {0,3}##[ \t]+Task[ \t]*:/.test(card.raw);
}

/** The statuses that a card may be given now, where it can be written. */
export function statusChoices(board: Pick<Board, "shape">, card: BoardCard): readonly ProposalStatus[] {
  if (board.shape === "proposals") return nextStatuses(card.status);
  const { statusForm, statusSpan, status } = card;
  if (statusForm === undefined || statusSpan === undefined) return [];
  return writableStatuses(statusForm).filter((choice) => choice !== status);
}

/** Ticks or clears the box whose mark is at the span; a box with another mark is ticked. Undefined: no box is there. */
export function toggleCheckbox(bytes: Uint8Array, span: Span): Uint8Array | undefined {
  const mark = bytes[span.start];
  const isBox = span.end === span.start + 1 && bytes[span.start - 1] === 0x5b && bytes[span.end] === 0x5d;
  if (!isBox || mark === undefined) return undefined;
  const isTicked = mark === SMALL_X || mark === CAPITAL_X;
  return replaceSpan(bytes, span, String.fromCharCode(isTicked ? SPACE : SMALL_X));
}
