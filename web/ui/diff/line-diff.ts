/** What changed between two versions of a text: lines, and words inside lines that were changed in place. */
import { diffLines, diffWordsWithSpace } from "diff";

export interface DiffWord {
  readonly text: string;
  readonly isChanged: boolean;
}

export type DiffRow =
  | {
      readonly kind: "same" | "added" | "removed";
      /** Line numbers, from 1. */
      readonly before?: number;
      readonly after?: number;
      readonly text: string;
      /** Set where the line took another's place and shares words with it. */
      readonly words?: readonly DiffWord[];
    }
  /** Equal lines that are left out; `heading` is the section that follows them. */
  | { readonly kind: "gap"; readonly lines: number; readonly heading: string };

export interface LineDiff {
  readonly rows: readonly DiffRow[];
  readonly added: number;
  readonly removed: number;
  /** For each change the index of its first row. */
  readonly changes: readonly number[];
  /** The texts differ too much to be compared line by line in the time there is: everything counts as replaced. */
  readonly isCoarse: boolean;
}

type Line = Exclude<DiffRow, { kind: "gap" }>;

const timeoutMs = 1500;
const context = 3;
const longestForWords = 2000;

/** @param options.whole all lines, without gaps */
export function lineDiff(before: string, after: string, options: { readonly whole?: boolean } = {}): LineDiff {
  const [old, next] = [normal(before), normal(after)];
  const found = diffLines(old, next, { timeout: timeoutMs });
  const parts = found ?? [
    { value: old, removed: true, added: false },
    { value: next, removed: false, added: true },
  ];
  const lines = withWords(numbered(parts));
  const rows = options.whole === true ? lines : withGaps(lines);
  return {
    rows,
    added: lines.filter(({ kind }) => kind === "added").length,
    removed: lines.filter(({ kind }) => kind === "removed").length,
    changes: rows.flatMap((row, index) => (isChange(row) && !isChange(rows[index - 1]) ? [index] : [])),
    isCoarse: found === undefined,
  };
}

/** A last line without its end is the same line as one with it: the difference would be one that nobody sees. */
function normal(text: string): string {
  const lines = text.replaceAll(/\r\n?/g, "\n");
  return lines === "" || lines.endsWith("\n") ? lines : `${lines}\n`;
}

function isChange(row: DiffRow | undefined): boolean {
  return row?.kind === "added" || row?.kind === "removed";
}

function numbered(
  parts: readonly { readonly value: string; readonly added: boolean; readonly removed: boolean }[],
): Line[] {
  const lines: Line[] = [];
  let [before, after] = [1, 1];
  for (const { value, added, removed } of parts) {
    for (const text of value.split("\n").slice(0, -1)) {
      if (added) lines.push({ kind: "added", after: after++, text });
      else if (removed) lines.push({ kind: "removed", before: before++, text });
      else lines.push({ kind: "same", before: before++, after: after++, text });
    }
  }
  return lines;
}

/** As many removed lines as added ones right after them: the first took the place of the first, and so on. */
function withWords(lines: readonly Line[]): Line[] {
  const result = [...lines];
  for (let start = 0; start < lines.length; start += 1) {
    if (lines[start]?.kind !== "removed") continue;
    const middle = endOf(lines, start, "removed");
    const end = endOf(lines, middle, "added");
    for (let pair = 0; pair < Math.min(middle - start, end - middle); pair += 1) {
      const [old, next] = [lines[start + pair], lines[middle + pair]];
      const words = old && next && wordsOf(old.text, next.text);
      if (words === undefined) continue;
      result[start + pair] = { ...old, words: words.before } as Line;
      result[middle + pair] = { ...next, words: words.after } as Line;
    }
    start = end - 1;
  }
  return result;
}

function endOf(lines: readonly Line[], start: number, kind: Line["kind"]): number {
  let end = start;
  while (lines[end]?.kind === kind) end += 1;
  return end;
}

function wordsOf(
  before: string,
  after: string,
): { readonly before: readonly DiffWord[]; readonly after: readonly DiffWord[] } | undefined {
  if (before.length > longestForWords || after.length > longestForWords) return undefined;
  const parts = diffWordsWithSpace(before, after, { timeout: 50 });
  const same = parts
    ?.filter(({ added, removed }) => !added && !removed)
    .reduce((sum, part) => sum + part.value.trim().length, 0);
  // Of two lines that share little, marking words hides more than it shows.
  if (parts === undefined || (same ?? 0) < Math.min(before.trim().length, after.trim().length) / 3) return undefined;
  const side = (left: "added" | "removed"): DiffWord[] =>
    parts.filter((part) => !part[left]).map((part) => ({ text: part.value, isChanged: part.added || part.removed }));
  return { before: side("added"), after: side("removed") };
}

/** Three equal lines around each change; longer stretches of equal lines become gaps. */
function withGaps(lines: readonly Line[]): DiffRow[] {
  const isNear = new Array<boolean>(lines.length).fill(false);
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    for (let near = Math.max(0, index - context); near <= Math.min(lines.length - 1, index + context); near += 1)
      isNear[near] = true;
  });
  const rows: DiffRow[] = [];
  let heading = "";
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    if (/^#{1,6}\s/.test(line.text) && line.kind !== "removed") heading = line.text;
    if (isNear[index]) {
      rows.push(line);
      continue;
    }
    const last = rows.at(-1);
    if (last?.kind === "gap") rows[rows.length - 1] = { kind: "gap", lines: last.lines + 1, heading };
    else rows.push({ kind: "gap", lines: 1, heading });
  }
  return rows;
}
