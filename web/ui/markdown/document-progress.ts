import type { Token } from "markdown-it";
import { chunksOf } from "./code-chunks.ts";
import { holdBack } from "./hold-back.ts";
import { parseInline, type References } from "./markdown-parser.ts";
import { extendFence, type OpenFence, openChunks, openFenceOf } from "./open-fence.ts";
import {
  blockBudget,
  costOf,
  findBlocks,
  isDefinition,
  linesOf,
  type SourceBlock,
  type SourceLines,
} from "./source-blocks.ts";

/** A top-level block, ready to be shown. `start` is its offset in the text and stays its identity while text comes. */
export type Block =
  | { readonly type: "tokens"; readonly start: number; readonly source: string; readonly tokens: readonly Token[] }
  | {
      readonly type: "code";
      readonly start: number;
      readonly info: string;
      readonly chunks: readonly string[];
      readonly isOpen: boolean;
    }
  | { readonly type: "plain"; readonly start: number; readonly source: string; readonly reason: PlainReason };

/** Why text is shown without its Markdown: it costs too much, the message is too long, or its turn has not come yet. */
export type PlainReason = "block-too-large" | "message-too-long" | "pending";

/** How far a text is shown. A value: the next one is made from it and from the longer text. */
export interface Progress<Output> {
  readonly text: string;
  readonly isStreaming: boolean;
  /** Outputs of blocks that no further text can change. */
  readonly finished: readonly Output[];
  /** Everything before this offset is finished and is not read again. */
  readonly finishedEnd: number;
  /** What the finished blocks cost to show. */
  readonly cost: number;
  readonly definitions: References;
  readonly tail: readonly Output[];
  /** How far the tail has been parsed. */
  readonly parsedEnd: number;
  /** Plain text behind the tail: a part that waits to be parsed, or all that follows `cut`. */
  readonly rest: Output | undefined;
  readonly cut: number | undefined;
  readonly fence: OpenFence | undefined;
}

type Render<Output> = (block: Block) => Output;

/** Longer messages are plain text from here on (500 kB is some 7,000 lines). */
const markdownLength = 500_000;
const messageBudget = 24_000;
/** A tail longer than this is parsed again only when it has grown by an eighth, which bounds the work to 9 passes. */
const freeTailLength = 8_000;

/**
 * Goes on from `previous` to a text that begins with the previous one, or starts anew if it does not. Only the blocks
 * that can still change are parsed again; the outputs of finished ones are kept. When `isStreaming` ends, the outputs
 * equal those of the whole text parsed at once.
 */
export function advance<Output>(
  previous: Progress<Output> | undefined,
  text: string,
  { isStreaming }: { readonly isStreaming: boolean },
  render: Render<Output>,
): Progress<Output> {
  if (previous?.text === text && previous.isStreaming === isStreaming) return previous;
  const isContinued = previous?.isStreaming === true && goesOn(text, previous.text);
  const base = { ...(isContinued ? previous : begin<Output>()), text, isStreaming };
  if (!isStreaming) return finish(base, render);
  if (base.cut !== undefined) return { ...base, rest: plainRest(base, base.cut, "message-too-long", render) };
  if (text.length > markdownLength) return parseTail(base, render);
  const fence = base.fence && extendFence(base.fence, text);
  if (fence !== undefined) return { ...base, fence, tail: [render(openBlock(fence, text))], parsedEnd: text.length };
  if (isWorthWaiting(base)) return { ...base, fence, rest: plainRest(base, base.parsedEnd, "pending", render) };
  return parseTail(base, render);
}

/** Everything to show, in order. */
export function outputsOf<Output>(progress: Progress<Output>): readonly Output[] {
  const shown = [...progress.finished, ...progress.tail];
  return progress.rest === undefined ? shown : [...shown, progress.rest];
}

/** Compares by value: `startsWith` reads character by character, which a long stream would pay for at each token. */
function goesOn(text: string, before: string): boolean {
  return text.slice(0, before.length) === before;
}

function begin<Output>(): Omit<Progress<Output>, "text" | "isStreaming"> {
  const nothing = { rest: undefined, cut: undefined, fence: undefined };
  return {
    finished: [],
    finishedEnd: 0,
    cost: 0,
    definitions: Object.create(null),
    tail: [],
    parsedEnd: 0,
    ...nothing,
  };
}

/** A definition may stand below its use, and a cut hides definitions: then the whole text is parsed once more. */
function finish<Output>(base: Progress<Output>, render: Render<Output>): Progress<Output> {
  const isWhole = base.finishedEnd === 0;
  const ended = base.cut === undefined || isWhole ? parseTail(base, render) : undefined;
  if (ended !== undefined && (isWhole || !hasDefinitions(ended.definitions))) return ended;
  return parseTail({ ...begin<Output>(), text: base.text, isStreaming: false }, render);
}

function isWorthWaiting(base: Progress<unknown>): boolean {
  const tailLength = base.text.length - base.finishedEnd;
  return tailLength > freeTailLength && base.text.length - base.parsedEnd < tailLength / 8;
}

function parseTail<Output>(base: Progress<Output>, render: Render<Output>): Progress<Output> {
  const { text, finishedEnd: offset } = base;
  const limit = markdownEnd(text);
  const canGrow = base.isStreaming && limit === text.length;
  const whole = text.slice(offset, limit);
  const source = canGrow ? holdBack(whole) : whole;
  const part: Part = { text: source, offset, lines: linesOf(source) };
  const definitions: References = Object.create(base.definitions);
  const blocks = findBlocks(part.text, definitions);
  const costs = blocks.map(costOf);
  const affordable = countAffordable(costs, messageBudget - base.cost);
  const settled = canGrow ? countSettled(blocks, part) : 0;
  const finishing = Math.min(settled, affordable);
  const show = (from: number, to: number) =>
    blocks.slice(from, to).flatMap((block, index) => {
      if (isDefinition(block)) return [];
      return [render(blockOf(block, part, (costs[from + index] ?? 0) > blockBudget ? undefined : definitions))];
    });
  const over = blocks[affordable];
  const restStart = over === undefined ? limit : startOf(over, part);
  const isCut = restStart < text.length && (over === undefined ? !canGrow : !canGrow || settled > affordable);
  const hasRest = over !== undefined || limit < text.length;
  const next = blocks[finishing];
  const finished = show(0, finishing);
  return {
    ...base,
    finished: finished.length === 0 ? base.finished : [...base.finished, ...finished],
    finishedEnd: finishing === 0 || next === undefined ? offset : startOf(next, part),
    cost: base.cost + sum(costs.slice(0, finishing).map(paid)),
    definitions: canGrow ? withDefinitions(base.definitions, definitions, blocks.slice(0, finishing)) : definitions,
    tail: show(finishing, affordable),
    parsedEnd: offset + part.text.length,
    rest: hasRest ? plainRest(base, restStart, "message-too-long", render) : undefined,
    cut: isCut ? restStart : undefined,
    fence: canGrow && finishing === blocks.length - 1 ? openFenceOf(text, offset, next, part.lines) : undefined,
  };
}

/** The part of the text that is parsed now: it begins at `offset` of the whole. */
interface Part {
  readonly text: string;
  readonly offset: number;
  readonly lines: SourceLines;
}

function markdownEnd(text: string): number {
  if (text.length <= markdownLength) return text.length;
  return text.lastIndexOf("\n", markdownLength - 1) + 1 || markdownLength;
}

function countAffordable(costs: readonly number[], budget: number): number {
  let left = budget;
  const over = costs.findIndex((cost) => {
    left -= paid(cost);
    return left < 0;
  });
  return over === -1 ? costs.length : over;
}

/** A block over its own budget is shown as plain text, which costs next to nothing. */
function paid(cost: number): number {
  return cost > blockBudget ? 1 : cost;
}

/**
 * Blocks that no further text can change: the next block has begun, and the line that began it and the line after it
 * are complete (a table is recognised by its second line).
 */
function countSettled(blocks: readonly SourceBlock[], part: Part): number {
  const open = blocks.findIndex((block, index) => {
    const next = blocks[index + 1];
    if (next === undefined || next.startLine + 2 > part.lines.complete) return true;
    return isDefinition(block) && mayGetTitle(block, part);
  });
  return Math.max(open, 0);
}

/** A definition may have its title on the next line, and that title may end many lines below. */
function mayGetTitle(block: SourceBlock, part: Part): boolean {
  const following = part.text.slice(part.lines.starts[block.endLine]);
  return /^[ \t]*["'(]/.test(following);
}

function blockOf(block: SourceBlock, part: Part, definitions: References | undefined): Block {
  const start = startOf(block, part);
  const source = part.text.slice(start - part.offset, part.lines.starts[block.endLine] ?? part.text.length);
  const first = block.tokens[0];
  if (first?.type === "fence" || first?.type === "code_block") {
    return { type: "code", start, info: first.info, chunks: chunksOf(first.content), isOpen: false };
  }
  if (definitions === undefined) return { type: "plain", start, source, reason: "block-too-large" };
  parseInline(block.tokens, definitions);
  return { type: "tokens", start, source, tokens: block.tokens };
}

function openBlock(fence: OpenFence, text: string): Block {
  return { type: "code", start: fence.start, info: fence.info, chunks: openChunks(fence, text), isOpen: true };
}

function plainRest<Output>(base: Progress<Output>, start: number, reason: PlainReason, render: Render<Output>): Output {
  return render({ type: "plain", start, source: base.text.slice(start), reason });
}

function startOf(block: SourceBlock, part: Part): number {
  return part.offset + (part.lines.starts[block.startLine] ?? 0);
}

function withDefinitions(known: References, found: References, finished: readonly SourceBlock[]): References {
  const tokens = finished.flatMap((block) => block.tokens);
  const labels = tokens.flatMap((token) =>
    token.type === "reference_definition" ? [String(token.meta?.["label"])] : [],
  );
  if (labels.length === 0) return known;
  const all: References = Object.assign(Object.create(null), known);
  for (const label of labels) {
    const definition = found[label];
    if (definition !== undefined) all[label] = definition;
  }
  return all;
}

function hasDefinitions(definitions: References): boolean {
  for (const _label in definitions) return true;
  return false;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
