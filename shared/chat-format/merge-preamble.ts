/** The text before the first message, of three versions. */
import { concatBytes, decodeText } from "./bytes.ts";
import type { Conversation } from "./conversation.ts";
import { threeWay } from "./merge-message.ts";
import { completePreamble, composePreamble, readPreamble } from "./preamble.ts";

/** Where both sides changed it, theirs stands behind ours. */
export function mergePreamble(base: Conversation | undefined, ours: Conversation, theirs: Conversation): Uint8Array {
  const our = ours.source.document.preamble;
  const their = theirs.source.document.preamble;
  const [ourText, theirText] = [readPreamble(our), readPreamble(their)];
  const before = base?.preamble;
  if (ourText.text === theirText.text) return our;
  if (before !== undefined && (before === ourText.text || before === theirText.text)) {
    return threeWay(before, ourText.text, theirText.text) === ourText.text ? our : their;
  }
  if (ourText.text.includes(theirText.text.trim())) return our;
  if (theirText.text.includes(ourText.text.trim())) return their;
  const isText = ourText.badLine === undefined && theirText.badLine === undefined;
  if (!isText) return concatBytes([completePreamble(our, "\n"), their]);
  const gap = /\n[ \t]*\n$/.test(decodeText(our)) ? "" : "\n\n";
  return composePreamble(`${ourText.text}${gap}${theirText.text}`);
}
