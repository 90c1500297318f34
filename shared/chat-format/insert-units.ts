import { concatBytes, encodeText, LINE_FEED, type LineEnd } from "./bytes.ts";
import { completeUnit, type Protections } from "./compose-unit.ts";
import type { ChatDocument } from "./document.ts";
import { type FrontMatter, setFrontEntry } from "./front-matter.ts";
import { completePreamble } from "./preamble.ts";
import type { Unit } from "./unit.ts";

/** The line end that a new unit at `index` takes: of the unit before it, else of the front matter, else LF. */
export function lineEndBefore(document: ChatDocument, index: number): LineEnd {
  return document.units[index - 1]?.lineEnd ?? document.front?.lineEnd ?? "\n";
}

/** Puts units before the unit at `index`, after completing the framing of what stands before them. */
export function insertUnits(
  document: ChatDocument,
  index: number,
  units: readonly Unit[],
  protections?: Protections,
): ChatDocument {
  const before = document.units.slice(0, index);
  const last = before.pop();
  if (last !== undefined) before.push(completeUnit(last, protections));
  const completed = last === undefined ? completeHead(document, protections) : document;
  return { ...completed, units: [...before, ...units, ...document.units.slice(index)] };
}

/** A new document; the one that was given stays as it is. */
export function replaceUnit(document: ChatDocument, index: number, unit: Unit): ChatDocument {
  return { ...document, units: document.units.with(index, unit) };
}

/** Completes front matter and preamble so that a first unit may follow. */
function completeHead(document: ChatDocument, protections: Protections | undefined): ChatDocument {
  const front = document.front && completeFront(document.front);
  const preamble = completePreamble(document.preamble, front?.lineEnd ?? "\n", protections);
  return { ...document, front, preamble };
}

function completeFront(front: FrontMatter): FrontMatter {
  if (front.bytes.at(-1) === LINE_FEED) return front;
  return { ...front, bytes: concatBytes([front.bytes, encodeText("\n")]) };
}

/** Sets a key of the front matter, which is made when there is none. */
export function setFront(
  document: ChatDocument,
  key: string,
  value: string | undefined,
  makeFront: () => FrontMatter,
): ChatDocument {
  if (document.front === undefined && value === undefined) return document;
  const front = setFrontEntry(document.front ?? makeFront(), key, value);
  return { ...document, front, hasInvalidFront: false };
}
