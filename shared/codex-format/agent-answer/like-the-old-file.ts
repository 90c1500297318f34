import { decodeText, encodeText, type LineEnd } from "../../chat-format/bytes.ts";

const MARK = "\ufeff";

/**
 * The bytes of a new text with what the old file has: its byte order mark, its line ends (those of most lines, where
 * they are mixed) and whether its last line ends. A new or empty file has no mark, LF and a last line end.
 */
export function likeTheOldFile(oldBytes: Uint8Array, newText: string): Uint8Array {
  return encodeText(likeTheOldText(decodeText(oldBytes), newText));
}

/** The same for texts; a byte order mark is a first character U+FEFF. */
export function likeTheOldText(oldText: string, newText: string): string {
  const plain = newText.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const isOpenEnded = oldText.trim() !== "" && !oldText.endsWith("\n");
  const body = withoutLastLineEnds(plain);
  const ended = isOpenEnded || body === "" ? body : `${body}\n`;
  const mark = oldText.startsWith(MARK) ? MARK : "";
  return mark + (lineEndOf(oldText) === "\r\n" ? ended.replaceAll("\n", "\r\n") : ended);
}

function lineEndOf(text: string): LineEnd {
  const all = text.split("\n").length - 1;
  const crlf = text.split("\r\n").length - 1;
  return crlf * 2 > all ? "\r\n" : "\n";
}

function withoutLastLineEnds(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === "\n" || text[end - 1] === "\r")) end--;
  return text.slice(0, end);
}
