import { describe, expect, test } from "vitest";
import { checkTaskLog } from "./check-task-log.ts";
import { nextTaskId } from "./next-task-id.ts";
import { taskLogJson } from "./task-log-json.ts";
import { newEntry, readLog } from "./task-log-rig.ts";
import { validateNewEntry } from "./validate-new-entry.ts";

function next(ids: readonly unknown[], pending: readonly string[] = []): string {
  const log = readLog(JSON.stringify(ids.map((task_id) => ({ task_id }))));
  return nextTaskId(
    log,
    pending.map((taskId) => newEntry({ taskId })),
  );
}

describe("the next id", () => {
  test.each([
    [[], [], "task-001"],
    [["task-019", "task-019", "task-045", "task-002"], [], "task-046"],
    [["TASK-7", "Task-0009"], [], "task-010"],
    [["task-999"], [], "task-1000"],
    [["task-1234567890", "task-", "task-5a", "xtask-7", 8, null], [], "task-001"],
    [["task-003"], ["task-011", "task-004"], "task-012"],
  ])("behind %j with %j waiting is %s", (ids, pending, expected) => {
    expect(next(ids, pending)).toBe(expected);
  });
});

describe("a new entry", () => {
  const codes = (set: object): string[] =>
    validateNewEntry({ summary: "Done.", outputFiles: ["a/[slug]/b.md"], agent: "planner", ...set }).map(
      ({ code }) => code,
    );

  test.each([
    [{}, []],
    [{ summary: "😀".repeat(500) }, []],
    [{ summary: "\u202e\u200b \u2060" }, ["length"]],
    [{ agent: "\u202e" }, ["missing"]],
    [{ summary: "😀".repeat(501) }, ["length"]],
    [{ summary: "" }, ["length"]],
    [{ summary: "a\nb" }, ["line-end"]],
    [{ summary: "a\r" }, ["line-end"]],
    [{ agent: " " }, ["missing"]],
    [{ agent: "😀".repeat(100) }, []],
    [{ agent: "😀".repeat(101) }, ["length"]],
    [{ agent: "x".repeat(1_000) }, ["length"]],
    [{ agent: "a\tb" }, ["type"]],
    [{ agent: "a\u001b[31m" }, ["type"]],
    [{ outputFiles: ["/a", "../a", "a/../b", "..", "a\\b", "C:/a", ""] }, Array(7).fill("path")],
    [{ outputFiles: ["a..b", "..a/b", "a/...", "ü"] }, []],
  ])("with %j has the problems %j", (set, expected) => {
    expect(codes(set)).toEqual(expected);
  });
});

test("the list for programs holds entries and invalid items in order, and the counts fit", () => {
  const log = readLog('[{"agent":"a","agent":"b"}, 5,]');
  expect(JSON.parse(JSON.stringify(taskLogJson(log)))).toMatchObject({
    level: 3,
    items: [
      { kind: "entry", entry: { agent: "b" }, span: { start: 1, end: 26 } },
      { kind: "invalid", raw: "5", reason: "text between entries", span: { start: 28, end: 29 } },
    ],
  });
  expect(checkTaskLog(log)).toEqual({ level: 3, entries: 1, invalid: 1, problems: 5 });
});
