import { readConflictSides } from "./conflict-sides.ts";
import { type FoundEntry, findPieces, type Piece, type Rubble } from "./find-pieces.ts";
import { CONFLICT, findGapProblems, type Gap, readGap } from "./gap.ts";
import type { LogContent, LogSource } from "./log-source.ts";
import type { InvalidTaskLogItem, TaskLogItem } from "./task-log.ts";
import { decodeUtf16, detectUtf16 } from "./utf16.ts";

/**
 * Finds the entries of a broken log. Every stretch between two that holds more than white space, commas and brackets is
 * one invalid item, so no byte is lost.
 */
export function recoverTaskLog(source: LogSource): LogContent {
  const whole = { start: source.start, end: source.bytes.length };
  const utf16 = detectUtf16(source.bytes);
  if (utf16 !== undefined) {
    const raw = decodeUtf16(source.bytes, utf16);
    return unreadable({ kind: "invalid", span: { start: 0, end: whole.end }, raw, reason: "UTF-16 instead of UTF-8" });
  }
  const pieces = findPieces(source.bytes, source.start);
  if (pieces === undefined) return unreadable(source.items.invalid(whole, "nested more than 1,000 deep"));
  return recover(source, pieces);
}

function unreadable(item: InvalidTaskLogItem): LogContent {
  return { level: 3, items: [item], append: "none", seenLength: item.span.end };
}

function recover(source: LogSource, pieces: readonly Piece[]): LogContent {
  const { bytes, start, textOf } = source;
  const items: TaskLogItem[] = [];
  const gaps: Gap[] = [];
  let rubble: Rubble | undefined;
  let from = start;
  const closeGap = (to: number): void => {
    const gap = readGap(bytes, { start: from, end: to }, rubble);
    gaps.push(gap);
    if (gap.item !== undefined) items.push(withSides(source.items.invalid(gap.item.span, gap.item.reason)));
    rubble = undefined;
  };
  for (const piece of pieces) {
    if (piece.kind === "rubble") {
      rubble = piece;
      continue;
    }
    closeGap(piece.span.start);
    items.push(readEntry(source, textOf(piece.span), piece));
    from = piece.span.end;
  }
  closeGap(bytes.length);
  const problems = findGapProblems(bytes, gaps);
  if (problems.length === 0 && gaps.every(({ item }) => item === undefined)) {
    problems.push({ offset: start, reason: "the brackets do not pair" });
  }
  return { level: 3, items, append: "pending", seenLength: items.at(-1)?.span.end ?? start, problems };
}

function readEntry(source: LogSource, text: string, { span, members, needsExactness }: FoundEntry): TaskLogItem {
  const value = JSON.parse(text) as Record<string, unknown>;
  const hasTwins = members !== Object.keys(value).length;
  return source.items.fromValue({ span, value, needsExactness: hasTwins || needsExactness });
}

function withSides(item: InvalidTaskLogItem): InvalidTaskLogItem {
  const sides = item.reason === CONFLICT ? readConflictSides(item.raw) : undefined;
  return sides === undefined ? item : { ...item, sides };
}
