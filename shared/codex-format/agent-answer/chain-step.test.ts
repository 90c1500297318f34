import { expect, test } from "vitest";
import { chainStep } from "./chain-step.ts";

const roster = ["doc_writer", "planner", "reviewer"];
const state = { from: "doc_writer", visited: ["doc_writer"], depth: 0, roster };

test("a known agent runs next, by the roster's spelling", () => {
  expect(chainStep({ ...state, next: "planner" })).toEqual({ type: "run", agent: "planner" });
  expect(chainStep({ ...state, next: "Planner" })).toEqual({ type: "run", agent: "planner" });
});

test("nobody and the log step end the chain", () => {
  expect(chainStep({ ...state, next: undefined })).toEqual({ type: "end" });
  expect(chainStep({ ...state, next: "task_logger", depth: 20 })).toEqual({ type: "end" });
  expect(chainStep({ ...state, next: "task-logger", roster: [] })).toEqual({ type: "end" });
});

test.each([
  ["unknown-agent", { next: "ghost" }],
  ["self", { next: "doc_writer" }],
  ["cycle", { next: "planner", from: "reviewer", visited: ["planner", "reviewer"], depth: 1 }],
  ["too-many-links", { next: "planner", depth: 8 }],
])("%s stops the chain with a reason", (code, more) => {
  const step = chainStep({ ...state, ...more });
  expect(step).toMatchObject({ type: "stop", code });
  expect("reason" in step && step.reason).toMatch(/\.$/);
});

test("eight links are followed, a ninth is not", () => {
  const keys = Array.from({ length: 12 }, (_, index) => `a${index}`);
  let [depth, from] = [0, "a0"];
  for (;;) {
    const step = chainStep({ from, next: keys[depth + 1], visited: keys.slice(0, depth + 1), depth, roster: keys });
    if (step.type !== "run") break;
    from = step.agent;
    depth++;
  }
  expect(depth).toBe(8);
});
