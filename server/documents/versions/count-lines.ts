import { diffArrays } from "diff";

export interface LineCounts {
  readonly added: number;
  readonly removed: number;
}

/** A hostile pair of texts could keep the comparison busy for minutes: after this the lines are only counted. */
const compareMs = 60;

/** How many lines came and went from one text to the next. */
export function countLines(before: string, after: string): LineCounts {
  const [old, now] = withoutEqualEnds(before.split("\n"), after.split("\n"));
  if (old.length === 0 || now.length === 0) return { added: now.length, removed: old.length };
  const changes = diffArrays([...old], [...now], { timeout: compareMs });
  if (changes === undefined) return countByContent(old, now);
  const sum = (kind: "added" | "removed"): number =>
    changes.reduce((total, change) => total + (change[kind] ? change.count : 0), 0);
  return { added: sum("added"), removed: sum("removed") };
}

function withoutEqualEnds(old: readonly string[], now: readonly string[]): [readonly string[], readonly string[]] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [old.slice(start, old.length - end), now.slice(start, now.length - end)];
}

/** Lines that moved do not count: less than the comparison says, and never slow. */
function countByContent(old: readonly string[], now: readonly string[]): LineCounts {
  const left = new Map<string, number>();
  for (const line of old) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  for (const line of now) {
    const count = left.get(line) ?? 0;
    if (count === 0) added += 1;
    else left.set(line, count - 1);
  }
  return { added, removed: [...left.values()].reduce((total, count) => total + count, 0) };
}
