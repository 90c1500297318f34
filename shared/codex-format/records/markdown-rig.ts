/** Markdown that is likely to be read wrongly, for the tests of this format. */
import fc from "fast-check";
import { concatBytes, encodeText } from "../../chat-format/bytes.ts";

const LINES = [
  "## Agent: `planner`",
  "## Agent: planner",
  "## Agent: `Planner X` — The planner",
  "## Agent: Data Wizard",
  "### Agent: `x` (Title)",
  "### Responsibilities",
  "## Task: `pt-7k2m9q` — Add a page",
  "## Task: pt-7k2m9q",
  "## Task: no key",
  "## Task 3 — Three",
  "# Task 12: twelve - some_agent",
  "### Goal",
  "- **Role:** Task Forecaster  ",
  "- **Goal:** Writes `PRD.md` and “more”.",
  "- **Status:** proposed",
  "- **Status**: done",
  "* **Source:**",
  "- **Date:** 2025-06-27\\",
  "**Status**: In Progress",
  "  goes on",
  "lazy",
  "    indented",
  "---",
  "===",
  "===TASK===",
  "key: value",
  "```",
  "~~~~ text",
  "````",
  "<!-- open",
  "-->",
  "<pre>",
  "<div>",
  "> quoted",
  "> ## Task: `q`",
  "- item",
  "- [ ] a box",
  "  - [x] nested",
  "- [~] b - [ ] glued",
  "1. one",
  "- ```",
  "- ✅ ready",
  "🕒 = planned",
  "🚧 é half",
  "| Task | Status |",
  "|---|:-:|",
  "| one \\| é | ✅ |",
  "## Now",
  "## Erledigt ✅",
  "# Notes",
  "",
  "",
  "   ",
];

const line = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...LINES) },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
);
const lineEnd = fc.constantFrom("\n", "\n", "\n", "\r\n", "\r");
const withEnds = fc.array(fc.tuple(line, lineEnd), { maxLength: 30 }).map((lines) => lines.flat().join(""));
const oneEnd = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\ufeff"))
  .map(([lines, end, mark]) => `${mark}${lines.join(end)}`);

/** Bytes of such Markdown; now and then bytes that are not UTF-8 in between, or nothing but noise. */
export const anyMarkdown: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: oneEnd.map(encodeText) },
  { weight: 3, arbitrary: withEnds.map(encodeText) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(oneEnd, fc.uint8Array({ maxLength: 6 }), withEnds)
      .map(([before, noise, after]) => concatBytes([encodeText(before), noise, encodeText(after)])),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

/** Texts for fields, titles and bodies, many of them an attack. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.array(line, { maxLength: 8 }).map((lines) => lines.join("\n")),
  withEnds,
);
