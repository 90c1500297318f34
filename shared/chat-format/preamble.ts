/** The text before the first marker line: escaped and guarded like a body, but not framed. */
import { openBlockAtEnd } from "./block-scanner.ts";
import { readText } from "./body.ts";
import { decodeText, encodeText, LINE_FEED, type LineEnd, lineEndOffset, NO_BYTES } from "./bytes.ts";
import { ALL_PROTECTIONS, type Protections } from "./compose-unit.ts";
import { escapeBody } from "./escape.ts";
import { bodyEndBeforeGuard, guardCloser, guardLines } from "./guard.ts";

/** The preamble as people see it, and whether its bytes are not UTF-8. */
export function readPreamble(preamble: Uint8Array): { readonly text: string; readonly badLine: number | undefined } {
  const { text, problems } = readText(preamble.subarray(0, guardedEnd(preamble)));
  return { text, badLine: problems[0]?.lineOffset };
}

/** Canonical bytes of a preamble: it ends with LF, and the first heading behind it is a heading when rendered. */
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
  const shown = decodeText(preamble) + (isEnded ? "" : lineEnd);
  const ending = protections.guard === "on" ? endingFor(shown, lineEnd) : "";
  const missing = (isEnded ? "" : lineEnd) + ending;
  return missing === "" ? preamble : joined(preamble, encodeText(missing));
}

function endingFor(shown: string, lineEnd: LineEnd): string {
  const withoutLineEnd = shown.replace(/\r?\n$/, "");
  const closer = guardCloser(withoutLineEnd);
  if (closer !== undefined) return `${guardLines(closer, lineEnd)}${lineEnd}`;
  return openBlockAtEnd(withoutLineEnd) === undefined ? "" : lineEnd;
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

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
