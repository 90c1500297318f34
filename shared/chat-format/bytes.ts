/** The few globals of bytes and text that browsers and servers have in common, and no more. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (
  label: "utf-8",
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

import { isUtf8 } from "./utf8.ts";

export const LINE_FEED = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const BYTE_ORDER_MARK: Uint8Array = Uint8Array.of(0xef, 0xbb, 0xbf);
export const NO_BYTES: Uint8Array = new Uint8Array(0);

export type LineEnd = "\n" | "\r\n";

/** Neither keeps anything between two calls. */
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

export function encodeText(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** Decodes UTF-8; what is not UTF-8 becomes U+FFFD. A byte order mark stays in the text. */
export function decodeText(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}

/** Decodes UTF-8, or undefined when the bytes are not UTF-8. */
export function decodeStrictly(bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes);
  return text.includes("\ufffd") && !isUtf8(bytes) ? undefined : text;
}

export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

/** Whether the bytes at `offset` are this ASCII text and end before `end`. */
export function hasAsciiAt(bytes: Uint8Array, offset: number, end: number, ascii: string): boolean {
  if (offset < 0 || offset + ascii.length > end) return false;
  for (let index = 0; index < ascii.length; index++) {
    if (bytes[offset + index] !== ascii.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * The offset behind the line that starts at `start`: behind its LF, or `end`. Short lines are walked and long ones
 * searched, each being the faster way.
 */
export function lineEndOffset(bytes: Uint8Array, start: number, end: number): number {
  const near = Math.min(start + 16, end);
  for (let index = start; index < near; index++) if (bytes[index] === LINE_FEED) return index + 1;
  if (near === end) return end;
  const found = bytes.indexOf(LINE_FEED, near);
  return found === -1 || found >= end ? end : found + 1;
}

/** Counts LF (0x0A); a last line without one does not count. */
export function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (let start = 0; start < bytes.length; count++) {
    start = lineEndOffset(bytes, start, bytes.length);
    if (start === bytes.length && bytes[start - 1] !== LINE_FEED) break;
  }
  return count;
}

/** Whether every LF follows a CR. */
export function hasOnlyCrlf(bytes: Uint8Array): boolean {
  for (let start = 0; start < bytes.length; ) {
    start = lineEndOffset(bytes, start, bytes.length);
    if (bytes[start - 1] === LINE_FEED && bytes[start - 2] !== CARRIAGE_RETURN) return false;
  }
  return true;
}

/** Takes away each CR that stands before an LF. */
export function toLineFeeds(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => byte !== CARRIAGE_RETURN || bytes[index + 1] !== LINE_FEED);
}

/** Puts a CR before every LF. */
export function toCrlf(bytes: Uint8Array): Uint8Array {
  const converted = new Uint8Array(bytes.length + countLineFeeds(bytes));
  let offset = 0;
  for (const byte of bytes) {
    if (byte === LINE_FEED) converted[offset++] = CARRIAGE_RETURN;
    converted[offset++] = byte;
  }
  return converted;
}

/** How many lines stand before the first one that is not UTF-8. A LF is never part of a longer character. */
export function firstLineNotUtf8(bytes: Uint8Array): number {
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const end = lineEndOffset(bytes, start, bytes.length);
    if (decodeStrictly(bytes.subarray(start, end)) === undefined) return line;
    start = end;
  }
  return line;
}
