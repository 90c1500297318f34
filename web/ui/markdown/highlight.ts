import { createHighlighterCoreSync, type GrammarState } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import type { Grammar } from "./code-language.ts";
import { grammars } from "./grammars.ts";

/** What a piece of code is, in the four roles that code has colours for. */
export type CodeRole = "key" | "string" | "number" | "comment";

export interface CodeSpan {
  readonly text: string;
  readonly role: CodeRole | undefined;
}

const roleOfColor: ReadonlyMap<string, CodeRole> = new Map(
  Object.entries({
    "#000001": "key",
    "#000002": "string",
    "#000003": "number",
    "#000004": "comment",
  }),
);

/** The colours are only names for roles; the style sheet gives them their real ones. */
const theme = {
  name: "roles",
  type: "light" as const,
  fg: "#000000",
  bg: "#ffffff",
  settings: [
    {
      scope: [
        "keyword",
        "storage",
        "support.type.primitive",
        "support.type.builtin",
        "support.type.property-name",
        "entity.name.tag",
        "variable.language",
        "markup.heading",
        "entity.other.attribute-name",
        "meta.diff.range",
      ],
      settings: { foreground: "#000001" },
    },
    { scope: ["keyword.operator", "storage.type.function.arrow"], settings: { foreground: "#000000" } },
    {
      scope: ["keyword.operator.new", "keyword.operator.expression", "keyword.operator.logical.python"],
      settings: { foreground: "#000001" },
    },
    { scope: ["string", "markup.inserted", "markup.inline.raw"], settings: { foreground: "#000002" } },
    { scope: ["string meta.embedded", "string meta.template.expression"], settings: { foreground: "#000000" } },
    {
      scope: ["constant.numeric", "constant.language", "constant.character.escape", "markup.deleted"],
      settings: { foreground: "#000003" },
    },
    { scope: ["comment", "punctuation.definition.comment"], settings: { foreground: "#000004" } },
  ],
};

/** Grammars are added to it once each; apart from that it holds nothing. */
const highlighter = createHighlighterCoreSync({
  engine: createJavaScriptRegexEngine({ forgiving: true }),
  themes: [theme],
  langs: [],
});

const lineLength = 2_000;

/**
 * Gives the spans of each chunk of code, one chunk at a time, so that the caller can rest in between. Lines that are too
 * long come back without roles.
 */
export async function* highlightChunks(
  chunks: readonly string[],
  grammar: Grammar,
): AsyncGenerator<readonly CodeSpan[], void> {
  await highlighter.loadLanguage(await grammars[grammar]());
  let grammarState: GrammarState | undefined;
  for (const chunk of chunks) {
    const lines = highlighter.codeToTokensBase(chunk, {
      lang: grammar,
      theme: theme.name,
      tokenizeMaxLineLength: lineLength,
      // The worker's whole job has a limit; one for each line would leave half lines on a busy machine.
      tokenizeTimeLimit: 0,
      ...(grammarState === undefined ? {} : { grammarState }),
    });
    grammarState = highlighter.getLastGrammarState(lines);
    yield joined(lines);
  }
}

/** Neighbours of one role become one span, which makes far fewer elements. */
function joined(lines: readonly (readonly { readonly content: string; readonly color?: string }[])[]): CodeSpan[] {
  const spans: { text: string; role: CodeRole | undefined }[] = [];
  const add = (text: string, role: CodeRole | undefined): void => {
    const last = spans.at(-1);
    const isBlank = text.trim() === "";
    if (last !== undefined && (last.role === role || (isBlank && last.role !== "comment"))) last.text += text;
    else spans.push({ text, role: isBlank ? undefined : role });
  };
  for (const [index, line] of lines.entries()) {
    if (index > 0) add("\n", undefined);
    for (const token of line) add(token.content, roleOfColor.get(token.color?.toLowerCase() ?? ""));
  }
  return spans;
}
