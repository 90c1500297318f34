/** The text before the first marker line: escaped and guarded like a body, but not framed. */
import { readText } from "./body.ts";
import { concatBytes, decodeText, encodeText, LINE_FEED, type LineEnd, lineEndOffset, NO_BYTES } from "./bytes.ts";
import { ALL_PROTECTIONS, type Protections } from "./compose-unit.ts";
import { escapeBody } from "./escape.ts";
import { bodyEndBeforeGuard, guardCloser, guardLines } from "./guard.ts";

/** The preamble as people see it, and whether its bytes are not UTF-8. */
export function readPreamble(preamble: Uint8Array): { readonly text: string; readonly badLine: number | undefined } {
  const { text, problems } = readText(preamble.subarray(0, guardedEnd(preamble)));
  return { text, badLine: problems[0]?.lineOffset };
}

/** Canonical bytes of a preamble: it ends with a blank line, and the first heading behind it is a heading when rendered. */
export function composePreamble(text: string, protections: Protections = ALL_PROTECTIONS): Uint8Array {
  if (text === "") return NO_BYTES;
  const body = encodeText(text);
  return completePreamble(protections.escape === "on" ? escapeBody(body) : body, "\n", protections);
}

/** The preamble with all that a unit behind it needs. What is there stays. */
export function completePreamble(
  preamble: Uint8Array,
  lineEnd: LineEnd,
  protections: Protections = ALL_PROTECTIONS,
): Uint8Array {
  if (preamble.length === 0) return preamble;
  const isEnded = preamble[preamble.length - 1] === LINE_FEED;
  if (guardedEnd(preamble) < preamble.length && isEnded) return preamble;
  const lineEnds = isEnded ? "" : lineEnd;
  if (protections.guard === "off") return concatBytes([preamble, encodeText(lineEnds)]);
  return concatBytes([preamble, encodeText(lineEnds + endingFor(decodeText(preamble), lineEnd))]);
}

/** What closes an open block, then a blank line: some HTML blocks end at nothing else. */
function endingFor(shown: string, lineEnd: LineEnd): string {
  const body = shown.replace(/\r?\n$/, "");
  const closer = guardCloser(body);
  if (closer !== undefined) return `${guardLines(closer, lineEnd)}${lineEnd}${lineEnd}`;
  return /(?:^|\n)[ \t]*$/.test(body) ? "" : lineEnd;
}

/** Where the preamble's own text ends: before a guard, which one blank line may follow. */
function guardedEnd(preamble: Uint8Array): number {
  for (const lineEnd of ["\n", "\r\n"] as const) {
    for (const count of [0, 1, 2]) {
      const end = preamble.length - count * lineEnd.length;
      const bodyEnd = end > 0 ? bodyEndBeforeGuard(preamble, 0, end, lineEnd) : undefined;
      if (bodyEnd !== undefined) return lineEndOffset(preamble, bodyEnd, preamble.length);
    }
  }
  return preamble.length;
}
