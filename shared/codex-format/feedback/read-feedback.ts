import { BYTE_ORDER_MARK, decodeStrictly, decodeText, lineEndOffset } from "../../chat-format/bytes.ts";
import type { FeedbackAbout, FeedbackEntry, FeedbackItem, FeedbackSpan, InvalidFeedback } from "./feedback-entry.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads `feedback.jsonl`: one item for each line that is not blank, in the file's order. What is no JSON object is an
 * invalid item with its text and the reason, also a last line that a crash or another program broke off. Missing fields
 * and wrong types are problems of the entry. Nothing is dropped, nothing throws.
 */
export function readFeedback(bytes: Uint8Array): readonly (FeedbackItem | InvalidFeedback)[] {
  const items: (FeedbackItem | InvalidFeedback)[] = [];
  let start = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  for (let line = 1; start < bytes.length; line++) {
    const next = lineEndOffset(bytes, start, bytes.length);
    const span = { start, end: withoutLineEnd(bytes, start, next) };
    const item = readLine(bytes.subarray(span.start, span.end), line, span, next === span.end);
    if (item !== undefined) items.push(item);
    start = next;
  }
  return items;
}

function withoutLineEnd(bytes: Uint8Array, start: number, next: number): number {
  const end = bytes[next - 1] === 0x0a ? next - 1 : next;
  return end < next && end > start && bytes[end - 1] === 0x0d ? end - 1 : end;
}

function readLine(
  bytes: Uint8Array,
  line: number,
  span: FeedbackSpan,
  isLastOpen: boolean,
): FeedbackItem | InvalidFeedback | undefined {
  const raw = decodeText(bytes);
  if (/^[ \t\r]*$/.test(raw)) return undefined;
  const invalid = (reason: string): InvalidFeedback => ({ kind: "invalid", line, span, raw, reason });
  if (decodeStrictly(bytes) === undefined) return invalid("The line is not UTF-8.");
  // A parser that throws takes long for each of many lines of another format.
  if (!raw.trimStart().startsWith("{")) return invalid("The line is no JSON object.");
  const value = parse(raw);
  if (value === undefined) return invalid(isLastOpen ? "The line breaks off." : "The line is not JSON.");
  return { kind: "entry", line, span, raw, ...readEntry(value) };
}

/** Of a text that begins like an object. */
function parse(raw: string): Fields | undefined {
  try {
    return JSON.parse(raw) as Fields;
  } catch {
    return undefined;
  }
}

/** Fields of the right shape go into the entry, all others are named. */
function readEntry(fields: Fields): Pick<FeedbackItem, "entry" | "problems"> {
  const problems: string[] = [];
  const entry: Draft = {};
  for (const key of ["id", "at", "text", "better", "model", "preset", "supersedes"] as const) {
    const value = fields[key];
    if (typeof value === "string") entry[key] = value;
    else if (value !== undefined) problems.push(`"${key}" is no text.`);
  }
  if (fields["withdrawn"] === true) entry.withdrawn = true;
  readRating(fields, entry, problems);
  readReasons(fields["reasons"], entry, problems);
  const target = readTarget(fields["target"]);
  if (target !== undefined) entry.target = target;
  const required = entry.withdrawn === true ? (["id", "at"] as const) : (["id", "at", "target", "rating"] as const);
  for (const key of required) if (fields[key] === undefined) problems.push(`"${key}" is missing.`);
  if (fields["target"] !== undefined && target === undefined)
    problems.push('"target" names no message and no document.');
  if (entry.at !== undefined && Number.isNaN(Date.parse(entry.at))) problems.push('"at" is no time.');
  return { entry, problems };
}

type Draft = { -readonly [Key in keyof FeedbackEntry]?: FeedbackEntry[Key] };

function readRating(fields: Fields, entry: Draft, problems: string[]): void {
  const rating = fields["rating"];
  if (rating === "up" || rating === "down") entry.rating = rating;
  else if (rating !== undefined) problems.push('"rating" is neither up nor down.');
}

function readReasons(value: unknown, entry: Draft, problems: string[]): void {
  if (value === undefined) return;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const words = list.filter((each): each is string => typeof each === "string");
  entry.reasons = words;
  if (!Array.isArray(value) || words.length < list.length) problems.push('"reasons" is no list of texts.');
}

function readTarget(value: unknown): FeedbackAbout | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { conversation, message, document, revision }: Fields = { ...value };
  if (typeof conversation === "string" && typeof message === "string") return { conversation, message };
  if (typeof document === "string" && typeof revision === "string") return { document, revision };
  return undefined;
}
