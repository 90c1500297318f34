/** Long texts that stand in side files: what the file shows of them, and messages with them in place (chat-format, "Large text"). */
import type { PartView } from "../../shared/chat.ts";
import type { Message, NewPart } from "../../shared/chat-format/conversation.ts";
import { partsOf } from "./answer-parts.ts";

/** The longest text that stands in the conversation itself, in bytes of UTF-8. */
export const bytesInline = 262_144;
/** What the conversation shows of a longer one, its link included. */
const shownBytes = 4096;
const shownLines = 20;

export type SideProblem = "side-missing" | "side-changed" | "side-unreadable";
export type SideText = { readonly text: string } | { readonly problem: SideProblem };
/** By `src` as it stands in the file. */
export type SideTexts = ReadonlyMap<string, SideText>;

type SomePart = Pick<PartView, "type" | "text" | "attributes">;

/** The side file that holds this part's text, as the part names it. */
export function sideSource({ type, attributes }: SomePart): string | undefined {
  return type === "text" ? attributes?.["src"] : undefined;
}

/** A message's parts in reading order with their whole texts; those that cannot be read are as the file shows them. */
export function wholeParts(message: Pick<Message, "id" | "text" | "parts">, sideTexts: SideTexts): PartView[] {
  const parts = partsOf(message);
  if (sideTexts.size === 0) return parts;
  return parts.map((part) => {
    const side = sideTexts.get(sideSource(part) ?? "");
    if (side === undefined || !("text" in side)) return part;
    const { src: _, mime: __, bytes: ___, sha256: ____, ...attributes } = part.attributes ?? {};
    return { ...part, text: side.text, attributes };
  });
}

/** What was said in a message: its texts alone. */
export function spokenText(message: Pick<Message, "id" | "text" | "parts">, sideTexts: SideTexts): string {
  const texts = wholeParts(message, sideTexts).filter(({ type }) => type === "text");
  return texts
    .map(({ text }) => text)
    .filter((text) => text !== "")
    .join("\n\n");
}

/** The part that stands in the conversation for a text in a side file: a link first, since nothing before it can swallow it. */
export function sidePart(
  id: string,
  text: string,
  file: { readonly src: string; readonly bytes: number; readonly sha256: string },
): NewPart {
  const { src, bytes, sha256 } = file;
  const address = src.split("/").map(encodeURIComponent).join("/").replaceAll("(", "%28").replaceAll(")", "%29");
  const link = `[The whole text, ${Math.ceil(bytes / 1024)} KiB](${address})`;
  const attributes = { src, mime: "text/markdown", bytes: String(bytes), sha256 };
  return { id, type: "text", label: "Text", attributes, text: `${link}\n\n${beginningOf(text, link)}` };
}

/** The beginning of a text as its part shows it, without the link. */
export function shownBeginning(part: SomePart): string {
  return part.text.replace(/^\[[^\n]*\)\n+/, "");
}

function beginningOf(text: string, link: string): string {
  const room = new Uint8Array(Math.max(0, shownBytes - Buffer.byteLength(link) - 8));
  const { read } = new TextEncoder().encodeInto(plain(text.slice(0, shownBytes)), room);
  const lines = plain(text.slice(0, shownBytes)).slice(0, read).split("\n");
  return `${lines
    .slice(0, shownLines - 3)
    .join("\n")
    .trimEnd()} …`;
}

/** Only for people: what would need `enc` or `eol` is in the side file. The length in bytes may only shrink. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " ");
}
