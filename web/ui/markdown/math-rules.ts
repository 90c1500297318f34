import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/** A formula longer than this is not a formula. */
const maxTexLength = 2_000;
const displayPairs = [
  { open: "$$", close: "$$" },
  { open: "\\[", close: "\\]" },
] as const;

/**
 * Adds `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. Every rule decides by what stands before the point it has read, never by
 * a closing mark far below, so that a block that is finished while text streams in stays finished.
 */
export function addMathRules(markdown: MarkdownIt): void {
  markdown.block.ruler.before("fence", "math_block", mathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  markdown.inline.ruler.before("escape", "math_inline", mathInline);
}

/**
 * A line that begins with `$$` or `\[` opens a display formula. It ends with the closing mark at the end of a line,
 * or unclosed at a blank line (TeX allows none in a formula); then it is shown as the text it is.
 */
function mathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const begin = state.src[(state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0)];
  if (begin !== "$" && begin !== "\\") return false;
  const first = lineText(state, startLine);
  const pair = displayPairs.find(({ open }) => first.startsWith(open));
  if (pair === undefined) return false;
  const rest = first.slice(pair.open.length);
  const closedAt = rest.indexOf(pair.close);
  if (closedAt !== -1 && rest.slice(closedAt + pair.close.length).trim() !== "") return false;
  if (silent) return true;
  const body = closedAt === -1 ? [rest] : [rest.slice(0, closedAt)];
  let line = startLine + 1;
  let isClosed = closedAt !== -1;
  while (!isClosed && line < endLine && !isOutside(state, line)) {
    const text = lineText(state, line).trimEnd();
    isClosed = text.endsWith(pair.close);
    body.push(isClosed ? text.slice(0, -pair.close.length) : text);
    line += 1;
  }
  const token = state.push("math_block", "", 0);
  token.content = body.join("\n").trim();
  token.markup = isClosed && token.content.length <= maxTexLength ? pair.open : "";
  token.info = state.getLines(startLine, line, state.blkIndent, false);
  token.map = [startLine, line];
  state.line = line;
  return true;
}

function isOutside(state: StateBlock, line: number): boolean {
  return state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent;
}

function lineText(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}

function mathInline(state: StateInline, silent: boolean): boolean {
  const code = state.src.charCodeAt(state.pos);
  if (code === 0x24) return dollarMath(state, silent);
  if (code === 0x5c) return bracketMath(state, silent);
  return false;
}

/**
 * Prices are not formulas: the opening dollar follows no letter or digit and precedes no space, the closing one
 * follows no space and precedes no letter or digit. Only the very next dollar can close, which keeps the work linear.
 */
function dollarMath(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const mark = src.startsWith("$$", pos) ? "$$" : "$";
  const start = pos + mark.length;
  if (mark === "$" && (isSpace(src[start]) || isWord(src[pos - 1]))) return false;
  const end = nextUnescaped(src, mark, start, Math.min(state.posMax, start + maxTexLength));
  if (end <= start) return false;
  if (mark === "$" && (isSpace(src[end - 1]) || isWord(src[end + 1]))) return false;
  return pushFormula(state, silent, { tex: src.slice(start, end), markup: mark, end: end + mark.length });
}

function bracketMath(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const opening = src[pos + 1];
  if (opening !== "(" && opening !== "[") return false;
  const closing = opening === "(" ? "\\)" : "\\]";
  const start = pos + 2;
  const window = src.slice(start, Math.min(state.posMax, start + maxTexLength));
  const length = window.indexOf(closing);
  if (length <= 0 || window.slice(0, length).trim() === "") return false;
  return pushFormula(state, silent, { tex: window.slice(0, length), markup: `\\${opening}`, end: start + length + 2 });
}

interface FoundFormula {
  readonly tex: string;
  readonly markup: string;
  readonly end: number;
}

function pushFormula(state: StateInline, silent: boolean, found: FoundFormula): boolean {
  if (!silent) {
    const token = state.push("math_inline", "", 0);
    token.content = found.tex.trim();
    token.markup = found.markup;
    token.info = state.src.slice(state.pos, found.end);
  }
  state.pos = found.end;
  return true;
}

function nextUnescaped(source: string, mark: string, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    const character = source[at];
    if (character === "\\") at += 1;
    else if (character === "$") return source.startsWith(mark, at) ? at : -1;
    else if (character === "`") return -1;
  }
  return -1;
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}$]/u.test(character);
}
