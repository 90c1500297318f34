import type { Token } from "markdown-it";
import { maxNesting, parseBlocks, type References } from "./markdown-parser.ts";

/** One top-level block as found in a source: its tokens (inline text not parsed yet) and the lines it covers. */
export interface SourceBlock {
  readonly tokens: Token[];
  readonly startLine: number;
  readonly endLine: number;
}

export interface SourceLines {
  /** Offset of each line's first character; one more entry than there are complete lines. */
  readonly starts: readonly number[];
  /** Lines that have their line end; the last line of a growing text may not. */
  readonly complete: number;
}

const lineEnd = /\r\n?|\n/g;
/** Characters at which inline parsing may make an element; their number bounds the work before any of it is done. */
const inlineSigns = /[*_~`[\]<:$\\\n!&]/g;
const formulaSigns = /\$|\\[()[\]]/g;
/** A block of code brings its head with buttons and icons, a formula some fifty elements of KaTeX. */
const codeCost = 60;
const formulaCost = 20;
const inlineLength = 100_000;

export const blockBudget = 10_000;

/** Splits a source at its top-level blocks. Definitions found are added to `references`. */
export function findBlocks(source: string, references: References): readonly SourceBlock[] {
  const normal = source.includes("\r") || source.includes("\0") ? normalise(source) : source;
  const blocks: SourceBlock[] = [];
  let tokens: Token[] = [];
  for (const token of parseBlocks(normal, references)) {
    tokens.push(token);
    if (token.level !== 0 || token.nesting === 1) continue;
    const [startLine, endLine] = tokens[0]?.map ?? [0, 0];
    blocks.push({ tokens, startLine, endLine });
    tokens = [];
  }
  return blocks;
}

export function linesOf(source: string): SourceLines {
  const starts = [0];
  for (const match of source.matchAll(lineEnd)) starts.push(match.index + match[0].length);
  return { starts, complete: starts.length - 1 };
}

export function isDefinition(block: SourceBlock): boolean {
  return block.tokens[0]?.type === "reference_definition";
}

/**
 * How much a block will cost to show: its tokens and the signs in its text. It does not depend on link definitions,
 * so a block costs the same whether it came in one piece or streamed. Too deep or too long costs more than any budget.
 */
export function costOf(block: SourceBlock): number {
  let cost = block.tokens.length;
  for (const token of block.tokens) {
    if (token.nesting === 1 && token.level >= maxNesting - 1) return Number.POSITIVE_INFINITY;
    if (token.type === "inline") cost += inlineCost(token.content);
    else if (token.type === "fence" || token.type === "code_block") cost += codeCost + token.content.length / 5_000;
    else if (token.type === "math_block") cost += formulaCost;
  }
  return cost;
}

function inlineCost(content: string): number {
  if (content.length > inlineLength) return Number.POSITIVE_INFINITY;
  const signs = content.match(inlineSigns)?.length ?? 0;
  const formulas = content.match(formulaSigns)?.length ?? 0;
  return signs + (formulas * formulaCost) / 2;
}

function normalise(source: string): string {
  return source.replaceAll(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
}
