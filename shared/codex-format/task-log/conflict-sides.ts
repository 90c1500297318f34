import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { findPieces } from "./find-pieces.ts";
import { isBlank } from "./scan-fragments.ts";
import type { ConflictSide } from "./task-log.ts";

type Region = "common" | "ours" | "base" | "theirs";

const MARKER_LINE = /^(<{7}|\|{7}|={7}|>{7})(?: |\r?\n?$)/;

/** Ours and theirs of a text that holds one merge conflict or more from start to end; else undefined. */
export function readConflictSides(raw: string): readonly [ConflictSide, ConflictSide] | undefined {
  const sides = { ours: "", theirs: "" };
  let region: Region = "common";
  let conflicts = 0;
  for (const line of raw.split(/(?<=\n)/)) {
    const next = regionBehind(line, region);
    if (next === "broken") return undefined;
    if (next === undefined && region !== "theirs" && region !== "base") sides.ours += line;
    if (next === undefined && region !== "ours" && region !== "base") sides.theirs += line;
    if (next === "common") conflicts++;
    region = next ?? region;
  }
  if (conflicts === 0 || region !== "common") return undefined;
  return [readSide(sides.ours), readSide(sides.theirs)];
}

/** Undefined for a line that is no marker, "broken" for a marker that does not belong there. */
function regionBehind(line: string, region: Region): Region | "broken" | undefined {
  switch (MARKER_LINE.exec(line)?.[1]?.[0]) {
    case "<":
      return region === "common" ? "ours" : "broken";
    case "|":
      return region === "ours" ? "base" : "broken";
    case "=":
      return region === "ours" || region === "base" ? "theirs" : "broken";
    case ">":
      return region === "theirs" ? "common" : "broken";
    default:
      return undefined;
  }
}

function readSide(raw: string): ConflictSide {
  const bytes = encodeText(raw);
  const pieces = findPieces(bytes, 0) ?? [];
  const entries: string[] = [];
  let from = 0;
  for (const piece of pieces) {
    if (piece.kind !== "entry" || !isOnlyPunctuation(bytes, from, piece.span.start)) return { raw };
    entries.push(decodeText(bytes.subarray(piece.span.start, piece.span.end)));
    from = piece.span.end;
  }
  return isOnlyPunctuation(bytes, from, bytes.length) ? { raw, entries } : { raw };
}

/** Whether nothing but white space, commas and square brackets stands there. */
function isOnlyPunctuation(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (!isPunctuation(bytes[index])) return false;
  return true;
}

/** What may stand between the values of an array: blanks, commas, brackets. */
export function isPunctuation(byte: number | undefined): boolean {
  return isBlank(byte) || byte === 0x2c || byte === 0x5b || byte === 0x5d;
}
