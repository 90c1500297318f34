import type { ScannedLine } from "../../chat-format/scanned-lines.ts";
import type { TextSpan } from "./text-span.ts";

const VERBS =
  "provides?|serves?|outlines?|describes?|covers?|details|captures?|summari[sz]es|offers|gives|aims|ensures" +
  "|is (?:intended|designed|meant)|should|will|can be";
const WISHES = "changes|adjustments|modifications|revisions|questions|clarifications?|sections|details|anything else";
const REMARK = new RegExp(
  [
    `^(?:this|the above|the) (?:[\\w-]+ ){0,3}(?:document|prd|file) (?:[\\w-]+ )?(?:${VERBS})\\b`,
    "^by following this (?:document|structure|outline|prd)\\b",
    "^(?:please )?(?:let me know|feel free to|don[’']t hesitate to)\\b",
    "^(?:i hope|hope) this\\b",
    `^if you (?:need|have|want|would like)\\b[^.]{0,60}\\b(?:${WISHES})\\b`,
    "^keep your tone\\b",
  ].join("|"),
  "i",
);

/**
 * The last paragraph of a document when it talks about the document or to its reader ("This document provides…") and
 * stands behind something else than its section's heading, as what a model says at the end does. None or one.
 */
export function findClosingRemark(lines: readonly ScannedLine[]): readonly TextSpan[] {
  const last = lines.findLastIndex(({ kind }) => kind !== "blank" && kind !== "break");
  if (!isPlain(lines[last])) return [];
  let first = last;
  while (isPlain(lines[first - 1])) first--;
  const before = lines.slice(0, first).findLast(({ kind }) => kind !== "blank");
  const start = lines[first] as ScannedLine;
  const end = lines[last] as ScannedLine;
  if (before === undefined || before.kind === "heading" || before.kind === "underline") return [];
  if (!REMARK.test(start.text.replace(/^[\s*_>]+/, ""))) return [];
  return [{ start: start.start, end: end.start + end.text.length }];
}

function isPlain(line: ScannedLine | undefined): boolean {
  return line?.kind === "text" && line.depth === 0;
}
