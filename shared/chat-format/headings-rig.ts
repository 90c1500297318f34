/** Where the headings of a hostile conversation stand, and which of them a renderer does not see. */
import { hostileModel, seededChance } from "./adversarial-rig.ts";
import { decodeText, NO_BYTES } from "./bytes.ts";
import { composeConversation } from "./compose-conversation.ts";
import type { Protections } from "./compose-unit.ts";
import type { Conversation } from "./conversation.ts";
import { isDisputed } from "./disputed-body.ts";
import { writeConversation } from "./parse-conversation.ts";

/** Lines (from 1) of the top-level headings of level 3, as one renderer sees them. */
export type FindHeadings = (text: string) => ReadonlySet<number>;

/** The marker lines of a written file, counted as renderers count: a lone CR ends a line too. */
export function markerLines(conversation: Conversation): number[] {
  const { byteOrderMark, front, preamble, units } = conversation.source.document;
  let line = countLines([byteOrderMark, front?.bytes ?? NO_BYTES, preamble].map(decodeText).join(""));
  return units.map((unit) => {
    const own = line;
    line += countLines(decodeText(unit.bytes)) - 1;
    return own;
  });
}

/** How many marker lines of the conversation of this seed are no headings when rendered. */
export function missingHeadings(seed: number, protections: Protections, find: FindHeadings): number {
  const model = hostileModel(seededChance(seed));
  // Every text can be written so that all renderers agree, but for a preamble: it has no attributes.
  const written = composeConversation(isDisputed(model.preamble) ? { ...model, preamble: "" } : model, protections);
  const headings = find(decodeText(writeConversation(written)));
  return markerLines(written).filter((line) => !headings.has(line)).length;
}

function countLines(text: string): number {
  return text.split(/\r\n|\n|\r/).length;
}
