/** The objects and conflict markers of a broken log, in one walk over what `scanFragments` gives. */
import { lineEndOffset } from "../../chat-format/bytes.ts";
import { isUtf8 } from "../../chat-format/utf8.ts";
import { isJsonObject } from "./check-json.ts";
import { DEEPEST } from "./log-source.ts";
import {
  CLOSE_BRACKET,
  type Fragments,
  isBlank,
  MARKER,
  OPEN_BRACE,
  OPEN_BRACKET,
  scanFragments,
} from "./scan-fragments.ts";
import type { ByteSpan } from "./task-log.ts";

export type Piece = {
  readonly kind: "entry" | "unfinished" | "no-json" | "marker";
  readonly span: ByteSpan;
  readonly hasMarker: boolean;
};

/** A line that starts an object has at most this many blanks in front. */
const DEEPEST_INDENTATION = 4;

/** Undefined when something nests too deep to be read. */
export function findPieces(bytes: Uint8Array, from: number): readonly Piece[] | undefined {
  const fragments = scanFragments(bytes, from);
  const { kinds } = fragments;
  const pieces: Piece[] = [];
  let outerDepth = 0;
  for (let index = 0; index < kinds.length; ) {
    const next = behindPiece(bytes, fragments, index);
    const depth = deepestOf(kinds, index, next);
    if (isBracket(kinds[index])) outerDepth = Math.max(0, outerDepth + depthOf(kinds[index]));
    if (Math.max(depth, outerDepth) > DEEPEST) return undefined;
    const piece = readPiece(bytes, fragments, index, next);
    if (piece !== undefined) pieces.push(piece);
    index = next;
  }
  return pieces;
}

/**
 * The index where the walk goes on: behind the close brace, or, without one, at the next line that starts an object or
 * is a conflict marker.
 */
function behindPiece(bytes: Uint8Array, { kinds, offsets, partners }: Fragments, index: number): number {
  if (kinds[index] !== OPEN_BRACE) return index + 1;
  const partner = partners[index] as number;
  if (partner !== -1) return partner + 1;
  let next = index + 1;
  while (next < kinds.length && kinds[next] !== MARKER && !isLineStart(bytes, kinds, offsets, next)) next++;
  return next;
}

function isLineStart(bytes: Uint8Array, kinds: readonly number[], offsets: readonly number[], index: number): boolean {
  if (kinds[index] !== OPEN_BRACE) return false;
  const offset = offsets[index] as number;
  let start = offset;
  while (start > 0 && offset - start <= DEEPEST_INDENTATION && isTabOrSpace(bytes[start - 1])) start--;
  return offset - start <= DEEPEST_INDENTATION && (start === 0 || bytes[start - 1] === 0x0a);
}

function isTabOrSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}

function isBracket(kind: number | undefined): boolean {
  return kind === OPEN_BRACKET || kind === CLOSE_BRACKET;
}

function deepestOf(kinds: readonly number[], from: number, to: number): number {
  let [depth, deepest] = [0, 0];
  for (let index = from; index < to; index++) {
    depth += depthOf(kinds[index]);
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

function depthOf(kind: number | undefined): number {
  if (kind === MARKER) return 0;
  return kind === OPEN_BRACE || kind === OPEN_BRACKET ? 1 : -1;
}

function readPiece(bytes: Uint8Array, fragments: Fragments, index: number, next: number): Piece | undefined {
  const { kinds, offsets, partners } = fragments;
  const start = offsets[index] as number;
  if (kinds[index] === MARKER) {
    const end = trimEnd(bytes, start, lineEndOffset(bytes, start, bytes.length));
    return { kind: "marker", span: { start, end }, hasMarker: true };
  }
  if (kinds[index] !== OPEN_BRACE) return undefined;
  if (partners[index] === -1) {
    const end = trimEnd(bytes, start, offsets[next] ?? bytes.length);
    return { kind: "unfinished", span: { start, end }, hasMarker: false };
  }
  const end = (offsets[next - 1] as number) + 1;
  const hasMarker = includesMarker(kinds, index, next);
  const isEntry = !hasMarker && isJsonObject(bytes, start, end) && isUtf8(bytes.subarray(start, end));
  return { kind: isEntry ? "entry" : "no-json", span: { start, end }, hasMarker };
}

function includesMarker(kinds: readonly number[], from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (kinds[index] === MARKER) return true;
  return false;
}

/** The end without white space and commas. */
function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && (isBlank(bytes[trimmed - 1]) || bytes[trimmed - 1] === 0x2c)) trimmed--;
  return trimmed;
}
