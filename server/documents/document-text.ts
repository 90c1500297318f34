/** Text of a document and the bytes it lies in: byte order mark and line ends are the file's own and stay. */
import { diffArrays } from "diff";

const mark = "\ufeff";

export interface DocumentText {
  /** Without the byte order mark. */
  readonly text: string;
  readonly hasMark: boolean;
  /** False: `text` has U+FFFD where the bytes are no UTF-8, and must not be written back. */
  readonly isUtf8: boolean;
}

export function readText(bytes: Uint8Array): DocumentText {
  try {
    const whole = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const hasMark = whole.startsWith(mark);
    return { text: hasMark ? whole.slice(1) : whole, hasMark, isUtf8: true };
  } catch {
    return { text: new TextDecoder("utf-8").decode(bytes), hasMark: false, isUtf8: false };
  }
}

/** How long the lines of a file with both line ends are compared; after that all get the more frequent one. */
const compareMs = 200;

/**
 * The bytes of `text` in the manner of the file that it replaces: its byte order mark, and its line ends, since an editor
 * in a page knows `\n` only. A new file gets `\n`, no mark and a line end at its end.
 */
export function bytesLike(text: string, before: Uint8Array | undefined): Uint8Array {
  const plain = (text.startsWith(mark) ? text.slice(1) : text).replaceAll("\r\n", "\n");
  if (before === undefined) return encode(plain === "" || plain.endsWith("\n") ? plain : `${plain}\n`);
  const old = readText(before);
  return encode((old.hasMark ? mark : "") + withLineEndsOf(plain, old.text));
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function withLineEndsOf(plain: string, old: string): string {
  const long = old.split("\r\n").length - 1;
  const short = old.split("\n").length - 1 - long;
  if (long === 0) return plain;
  if (short === 0) return plain.replaceAll("\n", "\r\n");
  return mixedLineEnds(plain, old, long > short ? "\r\n" : "\n");
}

/** Each line that was there before keeps its own line end. */
function mixedLineEnds(plain: string, old: string, usual: string): string {
  const [oldLines, newLines] = [linesOf(old), linesOf(plain)];
  const oldTexts = oldLines.map(({ text }) => text);
  const newTexts = newLines.map(({ text }) => text);
  const changes = diffArrays(oldTexts, newTexts, { timeout: compareMs });
  if (changes === undefined) return plain.replaceAll("\n", usual);
  let at = 0;
  const pieces: string[] = [];
  for (const { added, removed, value } of changes) {
    if (removed) {
      at += value.length;
      continue;
    }
    for (const text of value) {
      const isLast = pieces.length === newLines.length - 1;
      const own = added ? usual : (oldLines[at]?.end ?? usual);
      const end = own === "" ? usual : own;
      pieces.push(isLast ? text + (newLines.at(-1)?.end === "" ? "" : end) : text + end);
      if (!added) at += 1;
    }
  }
  return pieces.join("");
}

function linesOf(text: string): { readonly text: string; readonly end: string }[] {
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    if (line.endsWith("\r\n")) return { text: line.slice(0, -2), end: "\r\n" };
    return line.endsWith("\n") ? { text: line.slice(0, -1), end: "\n" } : { text: line, end: "" };
  });
}
