import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText, encodeText } from "../../chat-format/bytes.ts";
import { mergeTaskLogs } from "./merge-task-logs.ts";
import { readTaskLog } from "./read-task-log.ts";

type Entry = Readonly<Record<string, unknown>>;

const entry = (number: number, summary: string, more: Entry = {}): Entry => {
  const runId = `01JZ2Y7M3W8Q4K6T9V5X1C${String(number).padStart(4, "0")}`;
  return { task_id: `task-${number}`, summary, run_id: runId, ...more };
};
const foreign = (id: string, summary: string): Entry => ({ task_id: id, summary });
const print = (entries: readonly Entry[], indent = 2) => `${JSON.stringify(entries, undefined, indent)}\n`;

function merge(base: string, ours: string, theirs: string, name = "TASK-LOG.json") {
  const merged = mergeTaskLogs({ base: encodeText(base), ours: encodeText(ours), theirs: encodeText(theirs) }, name);
  return merged.outcome === "conflict" ? merged : { ...merged, text: decodeText(merged.bytes) };
}

function summaries(base: readonly Entry[], ours: readonly Entry[], theirs: readonly Entry[]): unknown {
  const merged = merge(print(base), print(ours), print(theirs));
  if (merged.outcome === "conflict") return merged.reason;
  return (JSON.parse(merged.text) as Entry[]).map(({ summary }) => summary);
}

const [one, two, three] = [entry(1, "One"), entry(2, "Two"), entry(3, "Three")];

test("entries that both sides added are all there, ours first and byte for byte as it was", () => {
  const ours = print([one, two]);
  const merged = merge(print([one]), ours, print([one, three], 4));
  expect(merged).toMatchObject({ outcome: "merged", added: 1, replaced: 0 });
  const text = merged.outcome === "merged" ? merged.text : "";
  expect(text.startsWith(ours.slice(0, ours.lastIndexOf("}") + 1))).toBe(true);
  expect(JSON.parse(text)).toEqual([one, two, three]);
});

test("what both sides have is there once, also without run ids and with other white space", () => {
  const [a, b] = [foreign("task-1", "A"), foreign("task-1", "B")];
  expect(summaries([], [a, b], [b, a])).toEqual(["A", "B"]);
  const merged = merge("", print([a, a]), print([a, a, a], 0));
  expect(merged.outcome === "merged" && JSON.parse(merged.text)).toEqual([a, a, a]);
});

test("the same task id given on two branches is two entries", () => {
  expect(summaries([one], [one, foreign("task-32", "A")], [one, foreign("task-32", "B")])).toEqual(["One", "A", "B"]);
});

test("an entry that one side changed is taken as changed, in its place", () => {
  const changed = entry(1, "Changed");
  expect(summaries([one, two], [one, two], [changed, two, three])).toEqual(["Changed", "Two", "Three"]);
  expect(summaries([one, two], [changed, two], [one, two, three])).toEqual(["Changed", "Two", "Three"]);
  const [old, now] = [foreign("task-7", "Old"), foreign("task-7", "Now")];
  expect(summaries([old], [old], [now])).toEqual(["Now"]);
  expect(summaries([old], [now, one], [old])).toEqual(["Now", "One"]);
});

test("an entry that both sides changed is a conflict", () => {
  expect(summaries([one], [entry(1, "A")], [entry(1, "B")])).toMatch(/task-1/);
  expect(summaries([], [entry(1, "A")], [entry(1, "B")])).toMatch(/task-1/);
  expect(summaries([one], [entry(1, "Same")], [entry(1, "Same")])).toEqual(["Same"]);
});

test("what one side took out stays: nothing of a log is lost by a merge", () => {
  expect(summaries([one, two], [one, two], [two])).toEqual(["One", "Two"]);
  expect(summaries([one, two], [two], [one, two])).toEqual(["Two", "One"]);
});

test("empty sides", () => {
  expect(merge("", "", print([one]))).toMatchObject({ outcome: "merged", text: print([one]) });
  expect(merge("", print([one]), "")).toMatchObject({ outcome: "merged", text: print([one]) });
  expect(merge("", "[]\n", print([one], 0))).toMatchObject({ text: `[\n  ${JSON.stringify(one)}\n]\n` });
  expect(merge("", "", "")).toMatchObject({ outcome: "merged", text: "" });
});

test("JSON Lines are merged by lines", () => {
  const line = (one: Entry) => `${JSON.stringify(one)}\n`;
  const merged = merge(line(one), line(one) + line(two), line(one) + line(three), "TASK-LOG.jsonl");
  expect(merged).toMatchObject({ text: line(one) + line(two) + line(three) });
});

test.each([
  ["[1,", "[]"],
  ["[]", '{"a":{"b":1}}'],
  ["[]", "[\n<<<<<<< HEAD\n"],
])("a side that is no whole log is a conflict: %s and %s", (ours, theirs) => {
  expect(merge("[]", ours, theirs)).toMatchObject({ outcome: "conflict" });
});

test("whatever was added on both sides, every entry is there once and the result is a log of the same shape", () => {
  const list = (from: number) =>
    fc.array(fc.tuple(fc.integer({ min: from, max: from + 40 }), fc.string()), { maxLength: 6 }).map((pairs) => {
      return [...new Map(pairs).entries()].map(([number, text]) => entry(number, text));
    });
  fc.assert(
    fc.property(list(1), list(100), list(200), fc.constantFrom(0, 2, 3), (base, ours, theirs, indent) => {
      const merged = merge(print(base), print([...base, ...ours], indent), print([...base, ...theirs]));
      expect(merged.outcome).toBe("merged");
      const text = merged.outcome === "merged" ? merged.text : "";
      expect(JSON.parse(text)).toEqual([...base, ...ours, ...theirs]);
      expect(readTaskLog(encodeText(text), "TASK-LOG.json").level).toBe(0);
    }),
    { numRuns: 100 },
  );
});
