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
    text: joined(value),
  }));
}

const item = /^(?:[-*+]|\d{1,9}[.)])\s/;

/** Items that follow one another are one list again. */
function joined(blocks: readonly string[]): string {
  return blocks
    .map((block, at) => {
      const before = blocks[at - 1];
      if (before === undefined) return block;
      return (item.test(before) && item.test(block) ? "\n" : "\n\n") + block;
    })
    .join("");
}

function removedOrSame(isRemoved: boolean): "removed" | "same" {
  return isRemoved ? "removed" : "same";
}

/** A list is as many blocks as it has items: one more item is one change, not another list. */
function blocksOf(text: string): string[] {
  const normal = text.replaceAll(/\r\n?/g, "\n");
  const { starts } = linesOf(normal);
  return findBlocks(normal, {}).flatMap((block) => {
    const items = block.tokens.filter(({ type, level }) => type === "list_item_open" && level === 1);
    const first = items.map(({ map }) => map?.[0] ?? block.startLine);
    const lines = first.length > 1 ? [...first, block.endLine] : [block.startLine, block.endLine];
    return lines
      .slice(0, -1)
      .map((line, at) => normal.slice(starts[line] ?? 0, starts[lines[at + 1] ?? 0] ?? normal.length).trimEnd());
  });
}
