import { CARRIAGE_RETURN, decodeText, LINE_FEED, type LineEnd } from "../../chat-format/bytes.ts";
import type { ByteSpan, TaskLogStyle } from "./task-log.ts";

const NEW_FILE_STYLE: TaskLogStyle = {
  ...{ eol: "\n", indentation: "  ", unit: "  ", space: " ", arrays: "one-line" },
};

/** How a file writes its entries: its line ends near `offset`, its indentation as in the last entry. */
export function detectStyle(bytes: Uint8Array, offset: number, last: ByteSpan | undefined): TaskLogStyle {
  const eol = detectLineEnd(bytes, offset);
  if (last === undefined) return { ...NEW_FILE_STYLE, eol };
  const text = decodeText(bytes.subarray(last.start, last.end));
  const space = /^\{\s*"(?:[^"\\]|\\.)*"\s*:(\s?)/.exec(text)?.[1] === "" ? "" : " ";
  if (!text.includes("\n") && text.includes('"')) {
    const indentation = blankBefore(bytes, last.start) ?? "";
    return { eol, indentation, unit: undefined, space, arrays: "one-line" };
  }
  const indentation = blankBefore(bytes, last.end - 1) ?? blankBefore(bytes, last.start) ?? "";
  const member = /\n([ \t]*)"/.exec(text)?.[1] ?? "";
  const isDeeper = member.startsWith(indentation) && member.length > indentation.length;
  const unit = isDeeper ? member.slice(indentation.length) : "  ";
  const arrays = /:\s*\[[ \t]*\r?\n/.test(text) ? "many-lines" : "one-line";
  return { eol, indentation, unit, space, arrays };
}

/** The line end before `offset`, else the one behind it, else LF. */
function detectLineEnd(bytes: Uint8Array, offset: number): LineEnd {
  const before = offset === 0 ? -1 : bytes.lastIndexOf(LINE_FEED, offset - 1);
  const at = before === -1 ? bytes.indexOf(LINE_FEED, offset) : before;
  return at > 0 && bytes[at - 1] === CARRIAGE_RETURN ? "\r\n" : "\n";
}

/** The blanks between the start of the line and `offset`; undefined when something else stands there. */
function blankBefore(bytes: Uint8Array, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (bytes[start - 1] === 0x20 || bytes[start - 1] === 0x09)) start--;
  if (start > 0 && bytes[start - 1] !== LINE_FEED) return undefined;
  return decodeText(bytes.subarray(start, offset));
}
