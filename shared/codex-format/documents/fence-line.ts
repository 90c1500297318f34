/** A line that may open or close a fence, at the top level of a text. */
export interface FenceLine {
  readonly mark: "`" | "~";
  readonly length: number;
  /** Trimmed; only a line without info closes. */
  readonly info: string;
}

/** Reads a line by the rules of CommonMark 0.31, §4.5; undefined when it is no fence. Linear in the line. */
export function readFenceLine(line: string): FenceLine | undefined {
  const start = /^ {0,3}/.exec(line)?.[0].length ?? 0;
  const mark = line[start];
  if (mark !== "`" && mark !== "~") return undefined;
  let end = start;
  while (line[end] === mark) end++;
  const info = line.slice(end).trim();
  if (end - start < 3 || (mark === "`" && info.includes("`"))) return undefined;
  return { mark, length: end - start, info };
}

/** Whether a line closes the fence that `opening` is. */
export function closesFence(opening: FenceLine, line: string): boolean {
  const fence = readFenceLine(line);
  return fence?.mark === opening.mark && fence.length >= opening.length && fence.info === "";
}

/**
 * The line that closes the fence which line `first` opens, or -1. Fences inside that are as long as the outer one are
 * paired as people read them: one with an info string opens, one without closes. Shorter ones are text.
 */
export function closingFence(lines: readonly { readonly text: string }[], first: number): number {
  const opening = readFenceLine(lines[first]?.text ?? "");
  if (opening === undefined) return -1;
  const open = [opening];
  for (let index = first + 1; index < lines.length; index++) {
    const innermost = open.at(-1) as FenceLine;
    const fence = readFenceLine(lines[index]?.text ?? "");
    if (fence === undefined || fence.mark !== innermost.mark || fence.length < innermost.length) continue;
    if (fence.info === "") open.pop();
    else open.push(fence);
    if (open.length === 0) return index;
  }
  return -1;
}
