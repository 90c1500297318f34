import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_TEMPLATES } from "../defaults/default-templates.ts";
import { completeness } from "./completeness.ts";

const state = (text: string, name: string) => completeness(text, "prd").sections.find((each) => each.name === name);

test("the offered templates have every section and none of them is filled", () => {
  const [prd, architecture, , task] = DEFAULT_TEMPLATES;
  for (const [template, kind] of [
    [prd, "prd"],
    [architecture, "architecture"],
    [task, "task"],
  ] as const) {
    const { sections, filled, total } = completeness(template?.text ?? "", kind);
    expect(sections.filter(({ isPresent }) => !isPresent)).toEqual([]);
    expect(sections.filter(({ isFilled }) => isFilled)).toEqual([]);
    expect([filled, total]).toEqual([0, sections.length]);
  }
});

test.each([
  "## 🧑‍🎯 Target Users",
  "## target users",
  "### **Target Users** (MVP)",
  "## 4. Target Users:",
  "Target Users\n---",
  "## ðŸ§‘â€\u008dðŸŽ¯ Target Users",
])("%j is the section Target Users", (heading) => {
  expect(state(`${heading}\n\nBakers.\n`, "Target Users")).toMatchObject({ isPresent: true, isFilled: true });
});

test.each([
  ["nothing", ""],
  ["a placeholder", "{{TARGET_USERS}}"],
  ["an instruction of the template", "List each group of users with what they need from the product."],
  [
    "an instruction of another template",
    "Clarify how agents exchange information using markdown. Mention formatting rules, metadata expectations, and give an example.",
  ],
  ["a note to the writer", "<Do not modify data in this section>"],
  ["a comment", "<!-- who? -->"],
  ["empty points and rules", "- \n- [ ]\n\n---"],
  ["TBD", "**TBD**"],
  ["sub-headings alone", "### Bakers\n\n### Millers"],
])("a section with %s is not filled", (_, body) => {
  const text = `## Target Users\n\n${body}\n\n## Tech Stack\n\nRust\n`;
  expect(state(text, "Target Users")).toMatchObject({ isPresent: true, isFilled: false });
  expect(state(text, "Tech Stack")).toMatchObject({ isFilled: true });
});

test("text below sub-headings, code and tables fill a section", () => {
  for (const body of ["### A\n\nBakers", "```\nx\n```", "| a |\n|---|\n| b |", "TBD: bakers"]) {
    expect(state(`## Target Users\n\n${body}\n`, "Target Users")).toMatchObject({ isFilled: true });
  }
});

test("headings in code are no sections", () => {
  expect(state("```\n## Target Users\nx\n```\n", "Target Users")).toMatchObject({ isPresent: false, isFilled: false });
});

test("any text has a state for every known section", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("prd", "architecture", "task"), (text, kind) => {
      const { sections, total } = completeness(`## Goal\n${text}`, kind);
      expect(sections).toHaveLength(total);
    }),
  );
});

test.each([
  ["prd", "Overview", "Product Overview"],
  ["prd", "Users", "Target Users"],
  ["prd", "👥 Users (first)", "Target Users"],
  ["prd", "Goals", "Core Objectives"],
  ["prd", "Features", "Core Features"],
  ["prd", "Success Metrics", "Success Criteria"],
  ["prd", "Constraints", "Known Constraints"],
  ["architecture", "Components", "System Overview"],
  ["architecture", "Data model", "Storage & Data Flows"],
] as const)("in a %s, %j is the section %s", (kind, heading, name) => {
  const { sections, filled } = completeness(`# Recipe Box\n\n## ${heading}\n\nWords.\n`, kind);
  expect(sections.find((each) => each.name === name)).toMatchObject({ isPresent: true, isFilled: true });
  expect(filled).toBe(1);
});

test("a section's own name comes before what a person may mean by another", () => {
  const text = "## Overview\n\nWords.\n\n## Product Overview\n\n{{OVERVIEW}}\n";
  expect(state(text, "Product Overview")).toMatchObject({ isPresent: true, isFilled: false });
});

test("other headings fill nothing, and the title no section; they count as the document's own", () => {
  const { filled, own } = completeness("# Overview\n\nOne.\n\n## Pricing\n\nFree.\n\n## Legal\n", "prd");
  expect([filled, own]).toEqual([0, 1]);
});
