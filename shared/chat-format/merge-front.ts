/** Front matter of three versions: each key for itself, and each line that is no entry. */
import { concatBytes, decodeText, encodeText, LINE_FEED, lineEndOffset } from "./bytes.ts";
import type { Conversation } from "./conversation.ts";
import { type FrontMatter, isFrontEntry, readFrontMatter, setFrontEntry } from "./front-matter.ts";
import { threeWay } from "./merge-message.ts";

/** Where their title is kept when both sides gave one. */
const OTHER_TITLE = "other-title";

type Front = FrontMatter | undefined;
type Sides<Value> = { readonly base: Value; readonly ours: Value; readonly theirs: Value };

/** All but `head`, which says something of the messages. @throws RangeError when it would be longer than 64 KiB */
export function mergeFront(base: Conversation | undefined, ours: Conversation, theirs: Conversation): Front {
  const sides = { base: frontOf(base), ours: frontOf(ours), theirs: frontOf(theirs) };
  if (sides.ours === undefined) return isUnchanged(sides.base, sides.theirs) ? undefined : sides.theirs;
  if (sides.theirs === undefined) return isUnchanged(sides.base, sides.ours) ? undefined : sides.ours;
  return mergeLines(mergeEntries(sides.ours, sides.theirs, sides.base), sides.theirs, sides.base);
}

function frontOf(conversation: Conversation | undefined): Front {
  return conversation?.source.document.front;
}

function isUnchanged(base: Front, side: Front): boolean {
  return base !== undefined && side !== undefined && decodeText(base.bytes) === decodeText(side.bytes);
}

function mergeEntries(ours: FrontMatter, theirs: FrontMatter, base: Front): FrontMatter {
  let front = ours;
  for (const key of new Set([...ours.entries.keys(), ...theirs.entries.keys()])) {
    if (key === "head") continue;
    const values = { base: base?.entries.get(key), ours: ours.entries.get(key), theirs: theirs.entries.get(key) };
    const value = mergeValue(key, values);
    if (value !== values.ours) front = setFrontEntry(front, key, value);
    const isLost = key === "title" && value !== values.theirs && values.theirs !== values.base;
    if (isLost && values.theirs !== undefined) front = setFrontEntry(front, OTHER_TITLE, values.theirs);
  }
  return front;
}

function mergeValue(key: string, { base, ours, theirs }: Sides<string | undefined>): string | undefined {
  if (ours === theirs) return ours;
  if (base !== undefined && key !== "updated") return threeWay(base, ours, theirs);
  if (ours === undefined || theirs === undefined) return ours ?? theirs;
  return key === "updated" && Date.parse(theirs) > Date.parse(ours) ? theirs : ours;
}

/** Lines that are no entry are known by their bytes; one that came goes behind the line that it stood behind. */
function mergeLines(front: FrontMatter, theirs: FrontMatter, base: Front): FrontMatter {
  const before = base === undefined ? [] : linesOf(base);
  const their = linesOf(theirs);
  const isGone = (line: string): boolean => isUnknown(line) && before.includes(line) && !their.includes(line);
  const ours = linesOf(front);
  const lines = ours.filter((line) => !isGone(line));
  let isChanged = lines.length < ours.length;
  their.forEach((line, index) => {
    if (!isUnknown(line) || before.includes(line) || lines.includes(line)) return;
    const anchor = lines.lastIndexOf(their[index - 1] ?? "");
    lines.splice(anchor === -1 ? lines.length : anchor + 1, 0, line);
    isChanged = true;
  });
  return isChanged ? withLines(front, lines) : front;
}

function isUnknown(line: string): boolean {
  return !isFrontEntry(line);
}

/** Between the two `---`, each with its line end. As Latin-1, so that bytes that are not UTF-8 stay. */
function linesOf({ bytes, closing }: FrontMatter): string[] {
  const lines: string[] = [];
  for (let start = lineEndOffset(bytes, 0, bytes.length); start < closing; ) {
    const end = lineEndOffset(bytes, start, bytes.length);
    lines.push(Array.from(bytes.subarray(start, end), (byte) => String.fromCharCode(byte)).join(""));
    start = end;
  }
  return lines;
}

function withLines(front: FrontMatter, lines: readonly string[]): FrontMatter {
  const { bytes, closing } = front;
  const inner = lines.map((line) => Uint8Array.from(line, (character) => character.charCodeAt(0)));
  const opening = bytes.subarray(0, lineEndOffset(bytes, 0, bytes.length));
  const whole = readFrontMatter(concatBytes([opening, ...inner, bytes.subarray(closing)]), 0);
  if (typeof whole === "string") throw new RangeError("The front matter would be longer than 64 KiB.");
  return whole;
}

/** So that a unit may follow. */
export function endedFront(front: Front): Front {
  if (front === undefined || front.bytes.at(-1) === LINE_FEED) return front;
  return { ...front, bytes: concatBytes([front.bytes, encodeText("\n")]) };
}
