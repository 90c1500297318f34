export interface ShownLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly isChanged: boolean;
}

/**
 * The lines of `text` that `other` does not have (blanks at the ends and a comma aside), each with its neighbours; three
 * dots stand for what is left out between them. Two versions of one short entry: order is not looked at.
 */
export function changedLines(text: string, other: string): readonly ShownLine[] {
  const bare = (line: string): string => line.trim().replace(/,$/, "");
  const others = new Set(other.split("\n").map(bare));
  const lines = text
    .split("\n")
    .map((each, index) => ({ line: index + 1, text: each, isChanged: !others.has(bare(each)) }));
  const shown = lines.filter((_, index) =>
    lines.slice(Math.max(0, index - 1), index + 2).some(({ isChanged }) => isChanged),
  );
  if (shown.length === 0) return lines;
  return shown.flatMap((each, index) => {
    const isGap = each.line !== (shown[index - 1]?.line ?? 0) + 1;
    return isGap ? [{ line: each.line - 0.5, text: "…", isChanged: false }, each] : [each];
  });
}
