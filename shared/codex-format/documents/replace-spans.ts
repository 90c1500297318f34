import type { TextSpan } from "./text-span.ts";

/**
 * Puts `after` in the place of each span and touches nothing else. The order does not matter.
 * Throws a RangeError for spans that overlap or lie outside of the text: those were made from another text.
 */
export function replaceSpans(text: string, changes: readonly (TextSpan & { readonly after: string })[]): string {
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, after } of changes.toSorted(
    (one, other) => one.start - other.start || one.end - other.end,
  )) {
    if (start < done || end < start || end > text.length) throw new RangeError("spans of another text");
    pieces.push(text.slice(done, start), after);
    done = end;
  }
  return pieces.join("") + text.slice(done);
}
