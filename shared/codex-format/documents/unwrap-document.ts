import { type ScannedLine, scanLines } from "../../chat-format/scanned-lines.ts";
import { closesFence, closingFence, readFenceLine } from "./fence-line.ts";

/** What stands inside a fence around a whole text. */
export interface UnwrappedDocument {
  readonly text: string;
  /** False: the fence is never closed, as models forget. */
  readonly isClosed: boolean;
}

const MARKDOWN = /^(?:markdown|md|mdx|gfm)\b/i;
const HEADING = /^ {0,3}#{1,6}[ \t]/;

/**
 * Takes off one fence that holds a whole Markdown document; undefined when the text is no such fence. A fence without
 * an info string counts when a heading is its first line. Fences inside need not be shorter: see `closingFence`.
 */
export function unwrapDocument(text: string): UnwrappedDocument | undefined {
  const lines = scanLines(text);
  const first = lines.findIndex((line) => line.text.trim() !== "");
  const last = lines.findLastIndex((line) => line.text.trim() !== "");
  const opening = readFenceLine(lines[first]?.text ?? "");
  if (opening === undefined) return undefined;
  const isHeadingFirst = HEADING.test(
    lines.find(({ text: line }, index) => index > first && line.trim() !== "")?.text ?? "",
  );
  const isMarkdown = MARKDOWN.test(opening.info);
  if (!isMarkdown && (opening.info !== "" || !isHeadingFirst)) return undefined;
  const closing = closingFence(lines, first);
  const start = (lines[first] as ScannedLine).end;
  if (closing === -1) return isMarkdown ? { text: text.slice(start), isClosed: false } : undefined;
  // Code inside without an info string closes too early; a document does not begin with an example of a title.
  const isWhole = closing === last || (isMarkdown && isHeadingFirst && closesFence(opening, lines[last]?.text ?? ""));
  return isWhole ? { text: text.slice(start, (lines[last] as ScannedLine).start), isClosed: true } : undefined;
}
