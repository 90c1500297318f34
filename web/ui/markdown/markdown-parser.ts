import MarkdownIt, { type MarkdownIt as Parser, type Token } from "markdown-it";
import { isAllowedTarget } from "./link-target.ts";
import { addMathRules } from "./math-rules.ts";

/** Link reference definitions by normalised label; the first definition of a label wins. */
export type References = Record<string, { readonly title: string; readonly href: string }>;

/** Lists cost two levels each, quotes one; what lies deeper is shown as plain text. */
export const maxNesting = 40;

const coreRulesOfInline = ["inline", "linkify", "text_join"];

/**
 * markdown-it in two passes, so that a block's inline text is parsed only when the block is shown and a block that
 * costs too much is never parsed further. Raw HTML is off: it stays text.
 */
const parser = createParser();

/**
 * Finds the blocks of a source that has `\n` line ends. New link definitions are added to `references`; they also
 * appear as tokens of type `reference_definition`, so that every line belongs to a block.
 */
export function parseBlocks(source: string, references: References): Token[] {
  const tokens: Token[] = [];
  parser.block.parse(source, parser, { references }, tokens);
  return tokens;
}

/** Parses the text inside the given block tokens in place. */
export function parseInline(tokens: Token[], references: References): void {
  const state = new parser.core.State("", parser, { references });
  state.tokens = tokens;
  parser.core.process(state);
}

function createParser(): Parser {
  const markdown = new MarkdownIt({ html: false, linkify: true, maxNesting });
  markdown.core.ruler.enableOnly(coreRulesOfInline);
  markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  markdown.linkify.add("ftp:", null).add("//", null);
  markdown.validateLink = isAllowedTarget;
  // What was written is what is shown: decoding would turn xn-- hosts back into their look-alikes.
  markdown.normalizeLinkText = (url) => url;
  addMathRules(markdown);
  return markdown;
}
