import { scanLines } from "../../chat-format/scanned-lines.ts";

/** A full stop between sentences: not the one of "e.g. this", which a small letter follows. */
const SENTENCE_END = /[.!?…]["”’')\]]*(?=\s+[^\p{Ll}\s])|[。！？]/u;

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;

/**
 * The first sentence of a Markdown text's first paragraph (or list item), without its marks; empty when it has none.
 * At most `limit` UTF-16 units, then cut with an ellipsis.
 */
export function firstSentence(text: string, limit = 300): string {
  const lines = scanLines(text.slice(0, 100_000));
  const first = lines.findIndex(({ kind, text: line }) => kind === "text" && plainText(line) !== "");
  if (first === -1) return "";
  const rest = lines.slice(first);
  const end = rest.findIndex(({ kind, text: line }, index) => index > 0 && (kind !== "text" || ITEM.test(line)));
  const paragraph = end === -1 ? rest : rest.slice(0, end);
  const plain = plainText(paragraph.map((line) => line.text).join(" "));
  const found = SENTENCE_END.exec(plain);
  return cut(found === null ? plain : plain.slice(0, found.index + found[0].length), limit);
}

/** One line, with the white space between words as one blank. */
function plainText(markdown: string): string {
  return markdown
    .replace(/^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(?:\[[ xX~-]\]\s+)?/, "")
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/\*\*|__|`|~~/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Cuts between characters, never inside one. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1 - Number(/[\ud800-\udbff]/.test(text[limit - 2] ?? ""));
  return `${text.slice(0, end).trimEnd()}…`;
}
