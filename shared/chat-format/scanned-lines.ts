/** A text line by line, each with what it is to the block structure of CommonMark. */
import { type LineKind, scanLine, startScan } from "./block-scanner.ts";

export interface ScannedLine {
  readonly kind: LineKind;
  /** How many quotes and list items are open behind the line; 0 is the top level of the text. */
  readonly depth: number;
  /** From 1. */
  readonly number: number;
  /** Without its line end. */
  readonly text: string;
  /** UTF-16 offset of its first character. */
  readonly start: number;
  /** UTF-16 offset behind its line end. */
  readonly end: number;
}

const LINE = /([^\r\n]*)(\r\n|\n|\r|$)/y;

/** Cuts a text into lines (CRLF, LF, CR) that cover it; a byte order mark belongs to no line. An empty text has none. */
export function scanLines(text: string): readonly ScannedLine[] {
  const scan = startScan();
  const lines: ScannedLine[] = [];
  for (let start = text.startsWith("\ufeff") ? 1 : 0; start < text.length; ) {
    LINE.lastIndex = start;
    const [whole = "", line = ""] = LINE.exec(text) ?? [];
    scanLine(scan, line);
    const place = { number: lines.length + 1, text: line, start, end: start + whole.length };
    lines.push({ kind: scan.lineKind, depth: scan.containers.length, ...place });
    start += whole.length;
  }
  return lines;
}
