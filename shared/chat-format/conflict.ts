/** Conflict markers that a merge left around our own structure: such a file must not be written over. */
import { CARRIAGE_RETURN, hasAsciiAt, LINE_FEED, lineEndOffset } from "./bytes.ts";

export interface ConflictMark {
  readonly type: "start" | "division" | "end";
  /** Lines behind the first line of what holds it. */
  readonly lineOffset: number;
}

/** A stretch of the file: its first line is our structure (a marker line, a line of front matter) or it is text. */
export interface Stretch {
  readonly isStructure: boolean;
  readonly lineCount: number;
  readonly marks: readonly ConflictMark[];
}

const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const NO_MARKS: readonly ConflictMark[] = [];

/** The kind of conflict marker in the line at [start, end), if it is one. */
export function conflictMarkAt(bytes: Uint8Array, start: number, end: number): ConflictMark["type"] | undefined {
  if (hasAsciiAt(bytes, start, end, "<<<<<<< ")) return "start";
  if (hasAsciiAt(bytes, start, end, ">>>>>>> ")) return "end";
  return isDivision(bytes, start, end) ? "division" : undefined;
}

/** All lines that git may have left as marks of a merge, also those that a person wrote; in file order. */
export function findConflictMarks(bytes: Uint8Array): readonly ConflictMark[] {
  let marks: ConflictMark[] | undefined;
  let lineOffset = 0;
  for (let start = 0; start < bytes.length; lineOffset++) {
    const end = lineEndOffset(bytes, start, bytes.length);
    const first = bytes[start] as number;
    const type = first >= LESS_THAN && first <= GREATER_THAN ? conflictMarkAt(bytes, start, end) : undefined;
    if (type !== undefined) (marks ??= []).push({ type, lineOffset });
    start = end;
  }
  return marks ?? NO_MARKS;
}

const START_OR_END = /(?:^|\n)(<{7} |>{7} )/g;

/**
 * Whether a text begins a conflict that it does not end, or ends one that it does not begin: with a text of another unit
 * that would be a conflict of the file.
 */
export function hasOpenConflict(text: string): boolean {
  let isOpen = false;
  for (const [, mark = ""] of text.matchAll(START_OR_END)) {
    const isEnd = mark.startsWith(">");
    if (isEnd && !isOpen) return true;
    isOpen = !isEnd;
  }
  return isOpen;
}

/** The line (from 1) of the first `<<<<<<<` that is followed by structure, `=======` and `>>>>>>>`. */
export function findConflict(stretches: Iterable<Stretch>): number | undefined {
  let openLine: number | undefined;
  let isDivided = false;
  let holdsStructure = false;
  let line = 1;
  for (const stretch of stretches) {
    if (stretch.isStructure) holdsStructure = true;
    for (const { type, lineOffset } of stretch.marks) {
      if (type === "start") {
        openLine = line + lineOffset;
        isDivided = false;
        holdsStructure = false;
      }
      if (type === "division") isDivided = openLine !== undefined;
      if (type !== "end") continue;
      if (openLine !== undefined && isDivided && holdsStructure) return openLine;
      openLine = undefined;
    }
    line += stretch.lineCount;
  }
  return undefined;
}

function isDivision(bytes: Uint8Array, start: number, end: number): boolean {
  let length = end - start;
  if (bytes[start + length - 1] === LINE_FEED) length--;
  if (bytes[start + length - 1] === CARRIAGE_RETURN) length--;
  return length === 7 && hasAsciiAt(bytes, start, end, "=======");
}
