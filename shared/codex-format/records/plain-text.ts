/**
 * Makes text from outside harmless before it is written into record Markdown. One line can forge nothing: it never
 * starts a line of its own. A block gets a back-slash before each line that would be a heading (of levels 1 to 3, or
 * underlined) or a separator; a block that would then still start or swallow something is written inside a fence.
 */
import { openBlockAtEnd } from "../../chat-format/block-scanner.ts";
import { encodeText } from "../../chat-format/bytes.ts";
import { longestRun } from "../../chat-format/wrap.ts";
import { isSeparator, readHeadings } from "./headings.ts";
import { isVerbatim, readLines } from "./lines.ts";

/** Line ends of every kind that some program splits lines at. */
const LINE_ENDS = /[\r\n\u000b\u000c\u0085\u2028\u2029]+/g;
const DEEPEST_KEPT_OUT = 3;
const LOOKS_LIKE_BLOCK = /^( {0,3})(#{1,3}(?=[ \t]|$)|=+[ \t]*$|-+[ \t]*$)/;

/** The text on one line, without white space around it. */
export function oneLine(text: string): string {
  return text.replace(LINE_ENDS, " ").trim();
}

/** The text as Markdown below a heading, without a line end at its end. Empty when there is no text. */
export function safeBlock(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  while (lines.length > 0 && lines.at(-1)?.trim() === "") lines.pop();
  while (lines.length > 0 && lines[0]?.trim() === "") lines.shift();
  const plain = lines.join("\n");
  if (plain === "" || isHarmless(plain)) return plain;
  const read = readLines(encodeText(plain));
  const escaped = lines
    .map((line, index) => (isVerbatim(read, index) ? line : line.replace(LOOKS_LIKE_BLOCK, "$1\\$2")))
    .join("\n");
  return isHarmless(escaped) ? escaped : fenced(plain);
}

/** Whether the text starts no heading of levels 1 to 3, separates nothing, and leaves nothing open. */
export function isHarmless(text: string): boolean {
  if (openBlockAtEnd(`${text}\n\n`) !== undefined) return false;
  const lines = readLines(encodeText(text));
  if (readHeadings(lines).some(({ level }) => level <= DEEPEST_KEPT_OUT)) return false;
  return !lines.texts.some((_, index) => lines.depths[index] === 0 && isSeparator(lines, index));
}

function fenced(text: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  return `${ticks}text\n${text}\n${ticks}`;
}
