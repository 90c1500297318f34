/** The two sides of a file that git left with conflict markers in it. */
import { concatBytes, decodeText, hasAsciiAt, lineEndOffset } from "./bytes.ts";
import { conflictMarkAt } from "./conflict.ts";
import { scanDocument } from "./document.ts";
import { markerAt } from "./unit.ts";

export interface ConflictSides {
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
  /** Only where the markers hold it (`merge.conflictStyle` diff3 or zdiff3). */
  readonly base?: Uint8Array;
  /** What the markers call the sides; empty when they do not. */
  readonly names: SideNames;
}

interface SideNames {
  readonly ours: string;
  readonly theirs: string;
}

export type SplitConflict =
  | { readonly outcome: "split"; readonly sides: ConflictSides }
  /** Markers stand where they cannot be told apart; from 1. */
  | { readonly outcome: "unclear"; readonly line: number }
  | { readonly outcome: "none" };

type Section = "ours" | "base" | "theirs";

interface Hunk {
  readonly line: number;
  /** All of it, as it stands. */
  readonly whole: Uint8Array[];
  readonly ours: Uint8Array[];
  readonly base: Uint8Array[];
  readonly theirs: Uint8Array[];
  names: SideNames;
  hasBase: boolean;
  /** A marker line or a line of front matter: then it is a conflict of the file and no text about one. */
  holdsStructure: boolean;
}

interface Walk {
  readonly pieces: (Uint8Array | Hunk)[];
  open: { readonly hunk: Hunk; section: Section } | undefined;
}

type Mark = "start" | "base" | "division" | "end";

const MARK_LENGTH = 8;
/** Of a merge of several bases: what they held cannot be told. */
const INNER_MARK = /^(?:<{8,}|>{8,}|={8,}|\|{8,})(?: |\r?\n?$)/;

/** Reads every line once. A marker where none can stand makes the whole unclear: nothing is guessed. */
export function splitConflict(file: Uint8Array): SplitConflict {
  const walk: Walk = { pieces: [], open: undefined };
  const front = scanDocument(file).front;
  const frontEnd = front === undefined ? 0 : front.bytes.byteOffset - file.byteOffset + front.bytes.length;
  let line = 1;
  for (let start = 0; start < file.length; line += 1) {
    const end = lineEndOffset(file, start, file.length);
    const bytes = file.subarray(start, end);
    const isStructure = start < frontEnd || markerAt(file, start, end) !== undefined;
    if (takeLine(walk, bytes, { line, isStructure }) === "unclear") return { outcome: "unclear", line };
    start = end;
  }
  if (walk.open !== undefined) return { outcome: "unclear", line: walk.open.hunk.line };
  return joinSides(walk.pieces);
}

interface Place {
  readonly line: number;
  readonly isStructure: boolean;
}

function takeLine(walk: Walk, bytes: Uint8Array, { line, isStructure }: Place): "taken" | "unclear" {
  const { open } = walk;
  const mark = markOf(bytes);
  if (open === undefined) {
    // Outside of a conflict a row of `=` underlines a heading, and an end without a start is text.
    if (mark === "start") walk.open = openHunk(bytes, line);
    else walk.pieces.push(bytes);
    return "taken";
  }
  const { hunk, section } = open;
  hunk.whole.push(bytes);
  if (mark === undefined) {
    hunk[section].push(bytes);
    if (isStructure) hunk.holdsStructure = true;
    if (section === "base" && INNER_MARK.test(decodeText(bytes.subarray(0, 64)))) hunk.hasBase = false;
    return "taken";
  }
  if (mark === "end" && section === "theirs") {
    hunk.names = { ...hunk.names, theirs: nameIn(bytes) };
    walk.pieces.push(hunk);
    walk.open = undefined;
    return "taken";
  }
  const next = sectionBehind(mark, section);
  if (next === undefined) return "unclear";
  if (next === "base") hunk.hasBase = true;
  open.section = next;
  return "taken";
}

function openHunk(bytes: Uint8Array, line: number): Walk["open"] {
  const names = { ours: nameIn(bytes), theirs: "" };
  const lines = { whole: [bytes], ours: [], base: [], theirs: [] };
  return { hunk: { line, ...lines, names, hasBase: false, holdsStructure: false }, section: "ours" };
}

function sectionBehind(mark: Mark, section: Section): Section | undefined {
  if (mark === "base" && section === "ours") return "base";
  return mark === "division" && section !== "theirs" ? "theirs" : undefined;
}

function joinSides(pieces: readonly (Uint8Array | Hunk)[]): SplitConflict {
  const hunks = pieces.flatMap((piece) => (piece instanceof Uint8Array ? [] : [piece]));
  const [first] = hunks.filter(({ holdsStructure }) => holdsStructure);
  if (first === undefined) return { outcome: "none" };
  // Of the same merge are those that call the sides the same; any other is a text about conflicts.
  const isMeant = ({ holdsStructure, names }: Hunk): boolean =>
    holdsStructure || (names.ours === first.names.ours && names.theirs === first.names.theirs);
  const side = (section: Section): Uint8Array =>
    concatBytes(
      pieces.flatMap((piece) => {
        if (piece instanceof Uint8Array) return [piece];
        return isMeant(piece) ? piece[section] : piece.whole;
      }),
    );
  const hasBase = hunks.every((hunk) => hunk.hasBase || !isMeant(hunk));
  const base = hasBase ? { base: side("base") } : {};
  return { outcome: "split", sides: { ours: side("ours"), theirs: side("theirs"), ...base, names: first.names } };
}

function markOf(bytes: Uint8Array): Mark | undefined {
  const isBase = hasAsciiAt(bytes, 0, bytes.length, "|||||||") && (bytes[MARK_LENGTH - 1] ?? 0x0a) <= 0x20;
  return isBase ? "base" : conflictMarkAt(bytes, 0, bytes.length);
}

function nameIn(bytes: Uint8Array): string {
  return decodeText(bytes.subarray(MARK_LENGTH)).trim();
}
