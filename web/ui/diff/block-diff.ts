/** What changed between two Markdown texts, block by block: for reading, not for counting. */
import { diffArrays } from "diff";
import { findBlocks, linesOf } from "../markdown/source-blocks.ts";

export interface BlockChange {
  readonly kind: "same" | "added" | "removed";
  /** Markdown of one or more blocks. */
  readonly text: string;
}

const timeoutMs = 500;

/** Neighbours of a kind are one change; equal blocks are given as they are in `after`. */
export function blockDiff(before: string, after: string): readonly BlockChange[] {
  const parts = diffArrays(blocksOf(before), blocksOf(after), { timeout: timeoutMs });
  if (parts === undefined) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  return parts.map(({ value, added, removed }) => ({
    kind: added ? "added" : removedOrSame(removed),
    text: value.join("\n\n"),
  }));
}

function removedOrSame(isRemoved: boolean): "removed" | "same" {
  return isRemoved ? "removed" : "same";
}

function blocksOf(text: string): string[] {
  const normal = text.replaceAll(/\r\n?/g, "\n");
  const { starts } = linesOf(normal);
  return findBlocks(normal, {}).map(({ startLine, endLine }) =>
    normal.slice(starts[startLine] ?? 0, starts[endLine] ?? normal.length).trimEnd(),
  );
}
