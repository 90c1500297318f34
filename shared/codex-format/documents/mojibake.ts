/** UTF-8 that was once read as windows-1252 and saved again: found and undone exactly, or left alone. */
import { decodeStrictly } from "../../chat-format/bytes.ts";
import { isUtf8 } from "../../chat-format/utf8.ts";
import type { TextChange } from "./text-span.ts";
import { encodeWindows1252, windows1252Byte } from "./windows-1252.ts";

export interface MojibakeRepair {
  readonly text: string;
  /** The places that change, each a run of characters beyond ASCII: the preview. */
  readonly changes: readonly TextChange[];
}

const BEYOND_ASCII = /[^\0-\x7f]+/g;
/** Quotation marks, dashes, dots and the blank that stand behind a letter in sound text too. */
const PUNCTUATION = /[\u00a0\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026\u2039\u203a]/;

/**
 * Undoes mojibake of a whole text: every character has a windows-1252 byte, the bytes are UTF-8, and the result has
 * fewer characters. Undefined when one of the three fails. A byte order mark at the start is set aside and stays.
 */
export function repairMojibake(text: string): MojibakeRepair | undefined {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const body = text.slice(mark.length);
  const repaired = decodeOnce(body);
  if (repaired === undefined || countCharacters(repaired) >= countCharacters(body)) return undefined;
  const changes = [...text.matchAll(BEYOND_ASCII)].flatMap(({ 0: run, index }) => {
    // The byte order mark may stand right before a damaged run.
    const skipped = index === 0 ? mark.length : 0;
    const before = run.slice(skipped);
    const after = decodeOnce(before);
    return before === "" || after === undefined
      ? []
      : [{ start: index + skipped, end: index + run.length, before, after }];
  });
  return { text: mark + repaired, changes };
}

/**
 * The places of a text that are mojibake, for files that are damaged here and there: runs of characters whose
 * windows-1252 bytes are whole UTF-8 sequences. A lone sequence of two that sound text can hold (a capital letter and a
 * closing quotation mark) is left out. `replaceSpans` puts `after` in.
 */
export function mojibakeSpans(text: string): readonly TextChange[] {
  const spans: TextChange[] = [];
  for (const { 0: run, index } of text.matchAll(BEYOND_ASCII)) {
    for (const [start, end] of sequencesOf(run)) {
      const before = run.slice(start, end);
      const change = { start: index + start, end: index + end, before, after: decodeOnce(before) ?? before };
      if (change.after !== before && !isSoundText(text, change)) spans.push(change);
    }
  }
  return spans;
}

/** Maximal stretches of whole UTF-8 sequences. */
function sequencesOf(run: string): [number, number][] {
  const bytes = Uint8Array.from({ length: run.length }, (_, index) =>
    Math.max(0, windows1252Byte(run.charCodeAt(index))),
  );
  const stretches: [number, number][] = [];
  for (let index = 0; index < run.length; ) {
    const length = sequenceLength(bytes, index);
    const last = stretches.at(-1);
    if (length > 0 && last?.[1] === index) last[1] = index + length;
    if (length > 0 && last?.[1] !== index + length) stretches.push([index, index + length]);
    index += Math.max(length, 1);
  }
  return stretches;
}

function sequenceLength(bytes: Uint8Array, index: number): number {
  const lead = bytes[index] as number;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const end = index + lengthFromLead(lead);
  return end <= bytes.length && isUtf8(bytes.subarray(index, end)) ? end - index : 0;
}

function lengthFromLead(lead: number): number {
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function isSoundText(text: string, { start, end, before }: TextChange): boolean {
  if (before.length !== 2) return false;
  const [lead = "", second = ""] = before;
  const isLatin = lead === "\u00c2" || lead === "\u00c3";
  if (!isLatin) return true;
  if (!PUNCTUATION.test(second)) return false;
  return /\p{Lu}$/u.test(text.slice(Math.max(0, start - 2), start)) && !/^\p{L}/u.test(text.slice(end, end + 2));
}

function decodeOnce(text: string): string | undefined {
  const bytes = encodeWindows1252(text);
  return bytes === undefined ? undefined : decodeStrictly(bytes);
}

function countCharacters(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length; index++) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) pairs++;
  }
  return text.length - pairs;
}
