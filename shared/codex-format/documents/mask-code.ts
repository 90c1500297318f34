import type { ScannedLine } from "../../chat-format/scanned-lines.ts";
import type { TextSpan } from "./text-span.ts";

/**
 * The text with everything that is code (fences, indented code, code spans) as blanks: offsets and line ends stay. Code
 * spans are found within the lines of one paragraph, in linear time.
 */
export function maskCode(text: string, lines: readonly ScannedLine[]): string {
  return maskSpans(text, [...codeBlocks(lines), ...paragraphs(lines).flatMap((span) => codeSpans(text, span))]);
}

/** The text with its fences and indented code as blanks; code spans stay. */
export function maskCodeBlocks(text: string, lines: readonly ScannedLine[]): string {
  return maskSpans(text, codeBlocks(lines));
}

function codeBlocks(lines: readonly ScannedLine[]): TextSpan[] {
  return lines.filter(({ kind }) => kind === "code" || kind === "fence" || kind === "fence-end");
}

/** In order and without overlaps, whatever the order of the spans. */
function maskSpans(text: string, spans: readonly TextSpan[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    if (start < done) continue;
    pieces.push(text.slice(done, start), text.slice(start, end).replace(/[^\r\n]/g, " "));
    done = end;
  }
  return pieces.join("") + text.slice(done);
}

function paragraphs(lines: readonly ScannedLine[]): TextSpan[] {
  const spans: { start: number; end: number }[] = [];
  let before: ScannedLine | undefined;
  for (const line of lines) {
    const goesOn = before?.kind === "text" && line.kind === "text" && before.depth === line.depth;
    const last = spans.at(-1);
    if (goesOn && last !== undefined) last.end = line.end;
    if (!goesOn && (line.kind === "text" || line.kind === "heading")) spans.push({ start: line.start, end: line.end });
    before = line;
  }
  return spans;
}

/** A code span ends at the next run of as many back-ticks as it began with (CommonMark 0.31, §6.1). */
function codeSpans(text: string, paragraph: TextSpan): TextSpan[] {
  const runs = [...text.slice(paragraph.start, paragraph.end).matchAll(/\\`|`+/g)].map(({ 0: run, index }) => ({
    start: paragraph.start + index,
    length: run.length,
    isEscaped: run.startsWith("\\"),
  }));
  const nextOfLength = new Map<number, number>();
  const closing = runs.map(() => -1);
  for (let index = runs.length - 1; index >= 0; index--) {
    const { length, isEscaped } = runs[index] as (typeof runs)[number];
    if (isEscaped) continue;
    closing[index] = nextOfLength.get(length) ?? -1;
    nextOfLength.set(length, index);
  }
  const spans: TextSpan[] = [];
  for (let index = 0; index < runs.length; index++) {
    const close = runs[closing[index] ?? -1];
    if (close === undefined) continue;
    spans.push({ start: (runs[index] as (typeof runs)[number]).start, end: close.start + close.length });
    index = closing[index] as number;
  }
  return spans;
}
