import { decodeText, lineEndOffset } from "../../chat-format/bytes.ts";
import type { ByteSpan } from "./task-log.ts";

export type MarkdownLine = {
  readonly kind: "blank" | "separator" | "heading" | "bullet" | "text" | "code";
  readonly span: ByteSpan;
  /** Of a heading or bullet without its sign, of others without the white space around. */
  readonly text: string;
  /** Of a heading: how many signs it has. Of a bullet: its blanks in front. */
  readonly depth: number;
};

/** A row of back-ticks has none behind it, or it is code inside a line. */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)$/;

/** The lines of a Markdown log; what stands in fenced code is neither a field nor a heading nor a bullet. */
export function readMarkdownLines(bytes: Uint8Array, from: number): MarkdownLine[] {
  const lines: MarkdownLine[] = [];
  let fence = "";
  for (let start = from; start < bytes.length; ) {
    const end = lineEndOffset(bytes, start, bytes.length);
    const raw = decodeText(bytes.subarray(start, end)).trimEnd();
    const [, sign = "", behind = ""] = FENCE.exec(raw) ?? [];
    const isInside = fence !== "" || sign !== "";
    if (fence === "") fence = sign;
    else if (sign.startsWith(fence) && behind === "") fence = "";
    const line = isInside ? { kind: "code" as const, text: raw, depth: 0 } : readLine(raw);
    lines.push({ ...line, span: { start, end: start + byteLength(bytes, start, end) } });
    start = end;
  }
  return lines;
}

/** Without the line end. */
function byteLength(bytes: Uint8Array, start: number, end: number): number {
  let behind = end;
  while (behind > start && (bytes[behind - 1] === 0x0a || bytes[behind - 1] === 0x0d)) behind--;
  return behind - start;
}

function readLine(raw: string): Omit<MarkdownLine, "span"> {
  if (raw === "") return { kind: "blank", text: "", depth: 0 };
  if (/^ {0,3}(?:-{3,}|\*{3,}|_{3,})$/.test(raw)) return { kind: "separator", text: raw.trim(), depth: 0 };
  const heading = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(raw);
  if (heading !== null) return { kind: "heading", text: (heading[2] ?? "").trim(), depth: heading[1]?.length ?? 1 };
  const bullet = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(\S.*)$/.exec(raw);
  if (bullet !== null) return { kind: "bullet", text: bullet[2] ?? "", depth: bullet[1]?.length ?? 0 };
  return { kind: "text", text: raw.trim(), depth: 0 };
}
