/**
 * Code is shown in pieces of this many lines. While it grows only the last piece changes, so neither React nor the
 * layout touches the lines above.
 */
export const linesInChunk = 50;

/** Splits code at every 50th line; each piece keeps its line ends, so joining them gives the code back. */
export function chunksOf(code: string): readonly string[] {
  const chunks: string[] = [];
  let start = 0;
  let lines = 0;
  for (let at = code.indexOf("\n"); at !== -1; at = code.indexOf("\n", at + 1)) {
    lines += 1;
    if (lines % linesInChunk !== 0) continue;
    chunks.push(code.slice(start, at + 1));
    start = at + 1;
  }
  if (start < code.length) chunks.push(code.slice(start));
  return chunks;
}

/** The number of lines in pieces made by `chunksOf`. */
export function lineCountOf(chunks: readonly string[]): number {
  const last = chunks.at(-1);
  if (last === undefined) return 0;
  const ends = last.split("\n").length - 1;
  return (chunks.length - 1) * linesInChunk + ends + (last.endsWith("\n") ? 0 : 1);
}
