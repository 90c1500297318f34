import { linesInChunk } from "./code-chunks.ts";
import type { SourceBlock, SourceLines } from "./source-blocks.ts";

/** A code fence that is still being written: its finished pieces, and how far it has been read. */
export interface OpenFence {
  /** Offset in the whole text where the fence begins. */
  readonly start: number;
  readonly info: string;
  readonly marker: string;
  readonly markerLength: number;
  readonly chunks: readonly string[];
  /** Offset where the last, unfinished piece begins. */
  readonly chunkStart: number;
  readonly chunkLines: number;
  /** Offset of the first line that is not complete yet. */
  readonly readTo: number;
}

/**
 * Recognises that the last block is a fence whose opening line is complete, so that what comes can be added line by
 * line without parsing. Indented fences and foreign line ends take the ordinary way.
 */
export function openFenceOf(
  text: string,
  offset: number,
  block: SourceBlock | undefined,
  lines: SourceLines,
): OpenFence | undefined {
  const token = block?.tokens[0];
  if (block === undefined || token?.type !== "fence" || block.startLine >= lines.complete) return undefined;
  const start = offset + (lines.starts[block.startLine] ?? 0);
  const content = offset + (lines.starts[block.startLine + 1] ?? 0);
  const marker = token.markup[0];
  if (marker === undefined || text[start] !== marker || text.includes("\r", start)) return undefined;
  const markerLength = token.markup.length;
  const opened = { start, info: token.info, marker, markerLength, chunks: [], chunkStart: content, chunkLines: 0 };
  return extendFence({ ...opened, readTo: content }, text);
}

/** Reads the complete lines that were added. `undefined`: the fence was closed, or the text needs the parser. */
export function extendFence(fence: OpenFence, text: string): OpenFence | undefined {
  const chunks = [...fence.chunks];
  let { chunkStart, chunkLines, readTo } = fence;
  for (let end = text.indexOf("\n", readTo); end !== -1; end = text.indexOf("\n", readTo)) {
    const line = text.slice(readTo, end);
    if (line.includes("\r") || isClosing(line, fence)) return undefined;
    readTo = end + 1;
    chunkLines += 1;
    if (chunkLines < linesInChunk) continue;
    chunks.push(text.slice(chunkStart, readTo));
    chunkStart = readTo;
    chunkLines = 0;
  }
  return { ...fence, chunks, chunkStart, chunkLines, readTo };
}

/** The code so far in pieces. A last line that may become the closing fence is held back. */
export function openChunks(fence: OpenFence, text: string): readonly string[] {
  const isMarker = new RegExp(`^ {0,3}\\${fence.marker}+[ \\t]*$`);
  const end = isMarker.test(text.slice(fence.readTo)) ? fence.readTo : text.length;
  const rest = text.slice(fence.chunkStart, end);
  return rest === "" ? fence.chunks : [...fence.chunks, rest];
}

function isClosing(line: string, fence: OpenFence): boolean {
  const match = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1];
  return match !== undefined && match[0] === fence.marker && match.length >= fence.markerLength;
}
