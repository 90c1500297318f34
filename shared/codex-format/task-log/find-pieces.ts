/** The entries of a broken log and what stands between them, in one walk over what `scanFragments` gives. */
import { isUtf8 } from "../../chat-format/utf8.ts";
import { type CheckedObject, createObjectCheck } from "./check-json.ts";
import { DEEPEST } from "./log-source.ts";
import {
  CLOSE_BRACKET,
  type Fragments,
  isBlank,
  isMarkerByte,
  OPEN_BRACE,
  OPEN_BRACKET,
  scanFragments,
} from "./scan-fragments.ts";
import type { ByteSpan } from "./task-log.ts";

export type FoundEntry = CheckedObject & { readonly kind: "entry"; readonly span: ByteSpan };

/** All objects and conflict markers between two entries. */
export type Rubble = {
  readonly kind: "rubble";
  readonly hasMarker: boolean;
  readonly hasUnfinished: boolean;
  /** Behind the last one, when it is unfinished: brackets at its end are its own. */
  readonly unfinishedEnd: number;
};

export type Piece = FoundEntry | Rubble;

type Walk = {
  readonly bytes: Uint8Array;
  readonly fragments: Fragments;
  readonly checkObject: (start: number, end: number) => CheckedObject | undefined;
};

/** A line that starts an object has at most this many blanks in front. */
const DEEPEST_INDENTATION = 4;

/** Undefined when something nests too deep to be read. Never twice rubble in a row. */
export function findPieces(bytes: Uint8Array, from: number): readonly Piece[] | undefined {
  const walk: Walk = { bytes, fragments: scanFragments(bytes, from), checkObject: createObjectCheck(bytes) };
  const { count, offsets } = walk.fragments;
  const pieces: Piece[] = [];
  let outerDepth = 0;
  for (let index = 0; index < count; ) {
    const byte = bytes[offsets[index] as number];
    const next = behindPiece(walk, index);
    if (byte === OPEN_BRACKET) outerDepth++;
    if (byte === CLOSE_BRACKET && outerDepth > 0) outerDepth--;
    if (outerDepth > DEEPEST || deepestOf(walk, index, next) > DEEPEST) return undefined;
    if (byte === OPEN_BRACE || isMarkerByte(byte)) addPiece(pieces, readPiece(walk, index, next));
    index = next;
  }
  return pieces;
}

function addPiece(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (piece.kind === "entry" || last?.kind !== "rubble") {
    pieces.push(piece);
    return;
  }
  pieces[pieces.length - 1] = {
    kind: "rubble",
    hasMarker: last.hasMarker || piece.hasMarker,
    hasUnfinished: last.hasUnfinished || piece.hasUnfinished,
    unfinishedEnd: piece.unfinishedEnd,
  };
}

/**
 * The index where the walk goes on: behind the close brace, or, without one, at the next line that starts an object or
 * is a conflict marker.
 */
function behindPiece(walk: Walk, index: number): number {
  const { offsets, partners, count } = walk.fragments;
  if (walk.bytes[offsets[index] as number] !== OPEN_BRACE) return index + 1;
  const partner = partners[index] as number;
  if (partner !== 0) return partner + 1;
  let next = index + 1;
  while (next < count && !isRestart(walk.bytes, offsets[next] as number)) next++;
  return next;
}

function isRestart(bytes: Uint8Array, offset: number): boolean {
  if (isMarkerByte(bytes[offset])) return true;
  if (bytes[offset] !== OPEN_BRACE) return false;
  let start = offset;
  while (start > 0 && offset - start <= DEEPEST_INDENTATION && isTabOrSpace(bytes[start - 1])) start--;
  return offset - start <= DEEPEST_INDENTATION && (start === 0 || bytes[start - 1] === 0x0a);
}

function isTabOrSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function deepestOf({ bytes, fragments }: Walk, from: number, to: number): number {
  let [depth, deepest] = [0, 0];
  for (let index = from; index < to; index++) {
    const byte = bytes[fragments.offsets[index] as number];
    if (isMarkerByte(byte)) continue;
    depth += byte === OPEN_BRACE || byte === OPEN_BRACKET ? 1 : -1;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

function readPiece(walk: Walk, index: number, next: number): Piece {
  const { bytes, fragments } = walk;
  const { offsets, partners, count } = fragments;
  const start = offsets[index] as number;
  const rubble = { kind: "rubble", hasMarker: false, hasUnfinished: false, unfinishedEnd: 0 } as const;
  if (isMarkerByte(bytes[start])) return { ...rubble, hasMarker: true };
  if (partners[index] === 0) {
    const limit = next < count ? (offsets[next] as number) : bytes.length;
    return { ...rubble, hasUnfinished: true, unfinishedEnd: trimEnd(bytes, start, limit) };
  }
  const span = { start, end: (offsets[next - 1] as number) + 1 };
  if (includesMarker(walk, index, next)) return { ...rubble, hasMarker: true };
  const checked = walk.checkObject(span.start, span.end);
  if (checked === undefined || !isUtf8(bytes.subarray(span.start, span.end))) return rubble;
  return { kind: "entry", span, ...checked };
}

function includesMarker({ bytes, fragments }: Walk, from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    if (isMarkerByte(bytes[fragments.offsets[index] as number])) return true;
  }
  return false;
}

/** The end without white space and commas. */
function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && (isBlank(bytes[trimmed - 1]) || bytes[trimmed - 1] === 0x2c)) trimmed--;
  return trimmed;
}
