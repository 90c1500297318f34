/**
 * The guard: a closing line and `<!-- guard -->` behind a body that would swallow the next heading when rendered.
 */
import { openBlockAtEnd } from "./block-scanner.ts";
import { decodeText, hasAsciiAt, LINE_FEED, type LineEnd } from "./bytes.ts";

const GUARD_LINE = "<!-- guard -->";
const CLOSER = /^(?:`{3,}|~{3,}|-->|\?>|\]\]>|>|<\/(?:pre|script|style|textarea)>)$/;
/** Nothing stays open at the top level without one of these. */
const MAY_STAY_OPEN = /```|~~~|<[!?]|<(?:script|pre|style|textarea)/i;
/** Of an HTML block, by kind. The guard line itself ends comments (2) and declarations (4), so any closer does. */
const HTML_CLOSERS: Readonly<Record<number, string>> = { 1: "</pre>", 2: "```", 3: "?>", 4: "```", 5: "]]>" };

/** The line that closes what the escaped body leaves open, or undefined when nothing would swallow a heading. */
export function guardCloser(body: string): string | undefined {
  if (!MAY_STAY_OPEN.test(body)) return undefined;
  const open = openBlockAtEnd(body);
  if (open === undefined) return undefined;
  return open.type === "fence" ? open.character.repeat(open.length) : HTML_CLOSERS[open.kind];
}

/** Both lines, without a line end at the end. */
export function guardLines(closer: string, lineEnd: LineEnd): string {
  return `${closer}${lineEnd}${GUARD_LINE}`;
}

/** Where the body ends when a guard stands at the end of [start, end), else undefined. */
export function bodyEndBeforeGuard(
  bytes: Uint8Array,
  start: number,
  end: number,
  lineEnd: LineEnd,
): number | undefined {
  const guard = end - GUARD_LINE.length;
  if (guard <= start || !hasAsciiAt(bytes, guard, end, GUARD_LINE)) return undefined;
  const closerEnd = lineStartBefore(bytes, start, guard, lineEnd);
  if (closerEnd === undefined || closerEnd <= start) return undefined;
  const closer = bytes.lastIndexOf(LINE_FEED, closerEnd - 1) + 1;
  if (closer <= start || closer === closerEnd) return undefined;
  if (!CLOSER.test(decodeText(bytes.subarray(closer, closerEnd)))) return undefined;
  return lineStartBefore(bytes, start, closer, lineEnd);
}

/** The offset of the line end just before `offset`, when it is one of this kind and not before `start`. */
function lineStartBefore(bytes: Uint8Array, start: number, offset: number, lineEnd: LineEnd): number | undefined {
  const before = offset - lineEnd.length;
  return before >= start && hasAsciiAt(bytes, before, offset, lineEnd) ? before : undefined;
}
