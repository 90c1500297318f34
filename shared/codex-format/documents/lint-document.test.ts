import fc from "fast-check";
import { expect, test } from "vitest";
import { composeRoster } from "../defaults/default-roster.ts";
import { DEFAULT_TEMPLATES } from "../defaults/default-templates.ts";
import { lintDocument } from "./lint-document.ts";

const codes = (text: string, path = ".codex/PRD.md") => lintDocument(text, path).map(({ code }) => code);

test.each([
  ["template-title", "# Architecture Document Template\n\nReal text.\n"],
  ["template-title", "# 📄 Product Requirements Document Template (MVP)\n"],
  ["template-title", "Architecture Document Template\n===\n"],
  ["template-sentence", "# A\n\nClarify how agents exchange information using markdown. Real.\n"],
  ["template-sentence", "# A\n\nList each group of users with what\n  they need from the product.\n"],
  ["placeholder", "# {{PROJECT_NAME}}\n"],
  ["instruction", "# A\n\n<Do not modify data in this section>\n- x\n"],
  ["whole-file-fenced", "```markdown\n# A\n\ntext\n```\n"],
  ["whole-file-fenced", "\n~~~md\n# A\n~~~"],
  ["whole-file-fenced", "```markdown\n# A\n\n```sh\nls\n```\n\nmore\n```\n"],
  ["closing-remark", "# A\n\n## B\n\n- x\n\n---\n\nThis document provides a clear overview of the product.\n"],
  ["closing-remark", "# A\n\ntext\n\nLet me know if you would like changes!\n"],
  ["mojibake", "# ðŸ§± A\n"],
])("finds %s in %j", (code, text) => {
  expect(codes(text)).toEqual([code]);
});

test.each([
  ["a title that speaks of templates", "# Template engine\n\n# Email Template\n"],
  ["placeholders in code", "# A\n\nWrite `{{name}}`.\n\n```\n{{x}}\n<Do not modify this>\n```\n\n    {{y}}\n"],
  ["a fence that is not the whole file", "# A\n\n```markdown\n# B\n```\n"],
  ["a file that is one program", "```js\nx\n```\n"],
  ["a last section about the document", "# A\n\n## Purpose\n\nThis document provides the numbers.\n"],
  ["a last point that ends like a remark", "# A\n\nThe next version will add sync.\n"],
  ["an invitation", "# A\n\nx\n\nIf you want to contribute, open an issue.\n"],
  ["a sentence of a template in a fence", "# A\n\n```\nClarify how agents exchange information using markdown.\n```\n"],
  ["letters of other languages", "# Ärger, naïve, café, „Spaß“, 🧱\n"],
  ["nothing", ""],
])("finds nothing in %s", (_, text) => {
  expect(codes(text)).toEqual([]);
});

test("a finding has its line, span, excerpt and reason", () => {
  const text = "\ufeff# A\r\n\r\nName: {{NAME}}\r\n";
  expect(lintDocument(text, ".codex/PRD.md")).toEqual([
    {
      ...{ code: "placeholder", line: 3, span: { start: 14, end: 22 }, excerpt: "{{NAME}}" },
      reason: "A placeholder was not filled in.",
    },
  ]);
});

test("mojibake comes with its exact repair", () => {
  expect(
    lintDocument("# A\n\nâ€œxâ€\u009d cafÃ©\n", ".codex/PRD.md").map(({ excerpt, after }) => [excerpt, after]),
  ).toEqual([
    ["â€œ", "“"],
    ["â€\u009d", "”"],
    ["Ã©", "é"],
  ]);
});

test.each([
  ".codex/templates/prd-template.md",
  ".codex/prompts/doc_writer.md",
  ".codex/agents/x.md",
  ".codex/TASK-LOG.md",
  ".codex/config.toml",
  ".codex/auth.json",
])("%s is no document that is looked at", (path) => {
  expect(lintDocument("# X Template\n\n{{A}} <Do not modify this>\n", path)).toEqual([]);
});

test("rosters and boards are looked at", () => {
  expect(codes("# {{A}}\n", ".codex/AGENTS.md")).toEqual(["placeholder"]);
  expect(codes("# {{A}}\n", ".codex/PROPOSED-TASKS.md")).toEqual(["placeholder"]);
});

test("every section of an offered template leaks visibly, the offered roster does not", () => {
  for (const { text } of DEFAULT_TEMPLATES.slice(0, 2)) {
    const sections = text.split("\n## ").length - 1;
    expect(codes(text).filter((code) => code === "template-sentence")).toHaveLength(sections);
  }
  expect(codes(composeRoster(), ".codex/AGENTS.md")).toEqual([]);
});

test("any text is looked at, and findings lie in it in order", () => {
  const pieces = fc.constantFrom(
    "# A Template\n",
    "{{x}}",
    "`",
    "```\n",
    "<do not modify x>",
    "Ã©",
    "\n",
    "---\n",
    "This document is intended to",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), (all) => {
      const text = all.join("");
      let before = 0;
      for (const { span, line } of lintDocument(text, "x.md")) {
        expect(span.start).toBeGreaterThanOrEqual(before);
        expect(span.end).toBeLessThanOrEqual(text.length);
        expect(span.end).toBeGreaterThan(span.start);
        expect(line).toBeGreaterThan(0);
        before = span.start;
      }
    }),
    { numRuns: 1000 },
  );
});
