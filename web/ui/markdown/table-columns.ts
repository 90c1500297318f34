import type { Token } from "markdown-it";

/** How a column stands: as its source says, or by its content when the source says nothing. */
export type ColumnAlignment = "start" | "center" | "end" | "number" | undefined;

const numeric =
  /^[-+−±~≈<>≤≥]?\s?[$€£¥₹]?\s?[-+−]?\p{Nd}[\p{Nd}.,'’  _]*(?:[eE][-+]?\p{Nd}+)?\s?(?:%|‰|°?[CFK]|[kMGTPµmn]?(?:[sgBWVAΩ]|Hz|bit|px|ms|min|h|d)|[kMGT]|[$€£¥₹]|×)?$/u;
const empty = /^(?:|-|–|—|n\/a)$/i;

/**
 * The alignment of each column of the table that begins at `open`. A column without a wish of its own whose every
 * filled cell is a number is set as numbers are: by their last digit.
 */
export function columnAlignments(tokens: readonly Token[], open: number): readonly ColumnAlignment[] {
  const wishes: ColumnAlignment[] = [];
  const numbers: number[] = [];
  const others: number[] = [];
  let column = -1;
  for (let at = open + 1; at < tokens.length && tokens[at]?.type !== "table_close"; at += 1) {
    const token = tokens[at];
    if (token?.type === "tr_open") column = -1;
    if (token?.type === "th_open") wishes.push(wishOf(token));
    if (token?.type !== "td_open") continue;
    column += 1;
    const text = tokens[at + 1]?.content.replaceAll(/[*_`]/g, "").trim() ?? "";
    if (empty.test(text)) continue;
    const counts = numeric.test(text) ? numbers : others;
    counts[column] = (counts[column] ?? 0) + 1;
  }
  return wishes.map(
    (wish, at) => wish ?? (numbers[at] !== undefined && others[at] === undefined ? "number" : undefined),
  );
}

function wishOf(token: Token): ColumnAlignment {
  const style = String(token.attrGet("style") ?? "");
  if (style.endsWith("center")) return "center";
  if (style.endsWith("right")) return "end";
  return style.endsWith("left") ? "start" : undefined;
}
