import { type ScannedLine, scanLines } from "../../chat-format/scanned-lines.ts";

export interface OutlineHeading {
  /** 1 to 6. */
  readonly level: number;
  /** As written, without the marks around it. */
  readonly text: string;
  /** From 1; of a heading that is underlined its first line. */
  readonly line: number;
  /** UTF-16 offset of that line. */
  readonly offset: number;
  /** UTF-16 offset behind the heading's last line. */
  readonly end: number;
}

/**
 * The headings of a Markdown text in their order: those with `#` and those that are underlined (CommonMark 0.31, §4.2
 * and §4.3). Headings in fences, HTML, quotes and list items are no parts of the document and do not count.
 */
export function readOutline(text: string): readonly OutlineHeading[] {
  return outlineOf(scanLines(text));
}

/** The same from lines that are scanned already. */
export function outlineOf(lines: readonly ScannedLine[]): readonly OutlineHeading[] {
  const headings: OutlineHeading[] = [];
  lines.forEach((line, index) => {
    if (line.depth > 0) return;
    if (line.kind === "heading") headings.push(marked(line));
    if (line.kind === "underline") headings.push(underlined(lines, index));
  });
  return headings;
}

function marked(line: ScannedLine): OutlineHeading {
  const trimmed = line.text.trim();
  const level = /^#*/.exec(trimmed)?.[0].length ?? 1;
  return {
    ...{ level, text: withoutClosingMarks(trimmed.slice(level).trim()) },
    ...{ line: line.number, offset: line.start, end: line.end },
  };
}

/** `## Title ##`: the closing marks count only behind a blank. */
function withoutClosingMarks(title: string): string {
  let end = title.length;
  while (title[end - 1] === "#") end--;
  if (end === title.length || (end > 0 && !/[ \t]/.test(title[end - 1] as string))) return title;
  return title.slice(0, end).trimEnd();
}

function underlined(lines: readonly ScannedLine[], index: number): OutlineHeading {
  let first = index;
  while (lines[first - 1]?.kind === "text" && lines[first - 1]?.depth === 0) first--;
  const mark = lines[index] as ScannedLine;
  const start = lines[first] as ScannedLine;
  const title = lines.slice(first, index).map((line) => line.text.trim());
  return {
    ...{ level: mark.text.trimStart().startsWith("=") ? 1 : 2, text: title.join(" ") },
    ...{ line: start.number, offset: start.start, end: mark.end },
  };
}
