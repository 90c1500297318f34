import { BYTE_ORDER_MARK, concatBytes, encodeText, hasOnlyCrlf, LINE_FEED, NO_BYTES } from "../../chat-format/bytes.ts";
import type { FeedbackEntry } from "./feedback-entry.ts";

/** The order of the keys in a line. */
const KEYS: readonly (keyof FeedbackEntry)[] = [
  ...(["id", "at", "target", "rating", "reasons", "text", "better", "model", "preset"] as const),
  ...(["supersedes", "withdrawn"] as const),
];

/**
 * The bytes of `feedback.jsonl` with one more line: the old bytes are a prefix of the new ones. A last line without its
 * end gets one first. The line end is that of the file (CRLF only where every line has it).
 */
export function appendFeedback(bytes: Uint8Array, entry: FeedbackEntry): Uint8Array {
  const lineEnd = encodeText(bytes.includes(LINE_FEED) && hasOnlyCrlf(bytes) ? "\r\n" : "\n");
  const isMarkOnly =
    bytes.length === BYTE_ORDER_MARK.length && BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);
  const isOpen = bytes.length > 0 && !isMarkOnly && bytes.at(-1) !== LINE_FEED;
  const ordered = Object.fromEntries(KEYS.filter((key) => entry[key] !== undefined).map((key) => [key, entry[key]]));
  return concatBytes([bytes, isOpen ? lineEnd : NO_BYTES, encodeText(JSON.stringify(ordered)), lineEnd]);
}
