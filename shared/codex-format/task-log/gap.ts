/** What stands between two entries of a broken log. */
import { isUtf8 } from "../../chat-format/utf8.ts";
import { isPunctuation } from "./conflict-sides.ts";
import type { Rubble } from "./find-pieces.ts";
import { CLOSE_BRACKET, OPEN_BRACKET } from "./scan-fragments.ts";
import type { ByteSpan, TaskLogProblem } from "./task-log.ts";

const COMMA = 0x2c;

export const CONFLICT = "conflict markers of a merge";

export type Gap = {
  readonly span: ByteSpan;
  /** When the gap holds more than white space, commas and brackets. */
  readonly item?: { readonly span: ByteSpan; readonly reason: string };
};

/** What stands between two values: nothing but punctuation, or an item with the reason why it is no entry. */
export function readGap(bytes: Uint8Array, span: ByteSpan, rubble: Rubble | undefined): Gap {
  let { start, end } = span;
  while (start < end && isPunctuation(bytes[start])) start++;
  if (start === end) return { span };
  while (isPunctuation(bytes[end - 1])) end--;
  if (rubble !== undefined) end = Math.max(end, rubble.unfinishedEnd);
  return { span, item: { span: { start, end }, reason: reasonOf(bytes.subarray(start, end), rubble) } };
}

function reasonOf(text: Uint8Array, rubble: Rubble | undefined): string {
  if (rubble?.hasMarker) return CONFLICT;
  if (text.includes(0)) return "NUL bytes";
  if (!isUtf8(text)) return "bytes that are not UTF-8";
  if (rubble?.hasUnfinished) return "an object that does not end";
  if (rubble !== undefined) return "an object that is not valid JSON";
  return text[0] === 0x2f ? "a comment, which JSON does not have" : "text between entries";
}

/** Missing and surplus commas and brackets; what lies beside an invalid item is not judged. */
export function findGapProblems(bytes: Uint8Array, gaps: readonly Gap[]): TaskLogProblem[] {
  const problems: TaskLogProblem[] = [];
  let [opened, closed] = [0, 0];
  gaps.forEach(({ span, item }, index) => {
    const isInner = index > 0 && index < gaps.length - 1;
    const [open, close] = [count(bytes, span, OPEN_BRACKET, item?.span), count(bytes, span, CLOSE_BRACKET, item?.span)];
    opened += open;
    closed += close;
    if (item !== undefined) return;
    const commas = count(bytes, span, COMMA);
    const offset = span.start;
    if (isInner && commas === 0) problems.push({ offset, reason: "a comma is missing between two entries" });
    if (commas > (isInner ? 1 : 0)) problems.push({ offset, reason: "a comma too many" });
    if (isInner && open + close > 0) problems.push({ offset, reason: "a bracket between two entries" });
  });
  const end = gaps.at(-1)?.span.end ?? 0;
  if (opened === 0) problems.unshift({ offset: gaps[0]?.span.start ?? 0, reason: "the opening bracket is missing" });
  if (closed < opened) problems.push({ offset: end, reason: "a closing bracket is missing" });
  if (closed > Math.max(opened, 1)) problems.push({ offset: end, reason: "a closing bracket too many" });
  return problems;
}

/** How often `wanted` stands in the span and outside of `except`. */
function count(bytes: Uint8Array, span: ByteSpan, wanted: number, except?: ByteSpan): number {
  let found = 0;
  for (let index = span.start; index < span.end; index++) {
    if (index === except?.start) index = except.end;
    if (index < span.end && bytes[index] === wanted) found++;
  }
  return found;
}
