import { isVerbatim, type Lines, leadingBlanks, lineText, skipBlankLines, trimBlanks } from "./lines.ts";

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** Inline Markdown as written. */
  readonly text: string;
  /** The first line of the heading. */
  readonly line: number;
  /** Behind its last line: an underlined heading has two lines or more. */
  readonly nextLine: number;
}

const OPENING = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const SEPARATOR = /^ {0,3}-{3,}[ \t]*$/;

/** The headings that stand in no quote, list item, code or HTML: those with `#` and the underlined ones. */
export function readHeadings(lines: Lines): readonly Heading[] {
  const headings: Heading[] = [];
  let paragraph = 0;
  for (const [index, kind] of lines.kinds.entries()) {
    const isInParagraph = index > 0 && lines.kinds[index - 1] === "text" && lines.depths[index - 1] === 0;
    if (!isInParagraph) paragraph = index;
    if (lines.depths[index] !== 0) continue;
    if (kind === "heading") headings.push(openedHeading(lines, index));
    if (kind === "underline" && !separates(lines, index)) headings.push(underlinedHeading(lines, paragraph, index));
  }
  return headings;
}

/** A line of three `-` or more, which separates records. */
export function isSeparator(lines: Lines, index: number): boolean {
  return !isVerbatim(lines, index) && SEPARATOR.test(lineText(lines, index));
}

function openedHeading(lines: Lines, line: number): Heading {
  const text = lineText(lines, line);
  const opening = OPENING.exec(text);
  const title = withoutClosing(text.slice(opening?.[0].length ?? 0));
  return { level: opening?.[1]?.length ?? 1, text: title, line, nextLine: line + 1 };
}

/** `## Title ##`: the closing run counts for nothing when a blank stands before it. */
function withoutClosing(rest: string): string {
  const text = trimBlanks(rest);
  let end = text.length;
  while (end > 0 && text[end - 1] === "#") end--;
  if (end === 0) return "";
  return end < text.length && leadingBlanks(text[end - 1] as string) === 1 ? trimBlanks(text.slice(0, end)) : text;
}

function underlinedHeading(lines: Lines, paragraph: number, line: number): Heading {
  const level = lineText(lines, line).includes("=") ? 1 : 2;
  const text = lines.texts.slice(paragraph, line).map(trimBlanks).join(" ");
  return { level, text, line: paragraph, nextLine: line + 1 };
}

/**
 * `---` before the next heading, or at the file's end, is a separator that somebody wrote without a blank line above
 * it, although Markdown takes the paragraph above for a heading.
 */
function separates(lines: Lines, line: number): boolean {
  if (!isSeparator(lines, line)) return false;
  const next = skipBlankLines(lines, line + 1, lines.texts.length);
  return next === lines.texts.length || (lines.depths[next] === 0 && lines.kinds[next] === "heading");
}
