import { expect, it } from "vitest";
import { changedLines } from "./changed-lines.ts";

const entry = (summary: string, last = ""): string =>
  [
    "{",
    '  "task_id": "task-001",',
    '  "agent": "planner",',
    `  "summary": "${summary}",`,
    '  "output_files": []',
    "}",
    last,
  ]
    .join("\n")
    .trim();

it("shows what changed with one line around it, and dots for the rest", () => {
  const lines = changedLines(entry("one"), entry("two"));
  expect(lines.map(({ text }) => text.trim())).toEqual([
    "…",
    '"agent": "planner",',
    '"summary": "one",',
    '"output_files": []',
  ]);
  expect(lines.filter(({ isChanged }) => isChanged)).toHaveLength(1);
});

it("shows everything where only the white space differs", () => {
  const lines = changedLines(entry("one"), entry("one").replaceAll("  ", "    "));
  expect(lines).toHaveLength(6);
  expect(lines.some(({ isChanged }) => isChanged)).toBe(false);
});
