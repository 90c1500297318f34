import { expect, it } from "vitest";
import { checkNewEntry, newEntry } from "./new-entry.ts";

const filled = { ...newEntry, agent: " reviewer ", summary: "Read it.", files: "src/a.ts\n\n docs/b.md \n" };

it("sends what was typed, without blanks and empty lines", () => {
  const { body, problems } = checkNewEntry(filled);
  expect(problems).toEqual({});
  expect(body).toEqual({ agent: "reviewer", summary: "Read it.", outputFiles: ["src/a.ts", "docs/b.md"] });
});

it("says at each field what is missing", () => {
  const { body, problems } = checkNewEntry(newEntry);
  expect(body).toBeUndefined();
  expect(Object.keys(problems)).toEqual(["agent", "summary"]);
});

it.each(["/etc/passwd", "../other/a.ts", "src/../../a", "C:\\a.ts", "\\\\server\\a"])(
  "refuses the path %s",
  (files) => {
    expect(checkNewEntry({ ...filled, files }).problems.files).toContain(files);
  },
);

it("counts a summary's characters as people do", () => {
  expect(checkNewEntry({ ...filled, summary: "🌊".repeat(500) }).body).toBeDefined();
  expect(checkNewEntry({ ...filled, summary: "🌊".repeat(501) }).problems.summary).toContain("501");
});
