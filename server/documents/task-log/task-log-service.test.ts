import { readdir } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG, type LogRig, NOON, openLogRig } from "./task-log-rig.ts";

let rig: LogRig;

beforeEach(async () => {
  rig = await openLogRig();
});
afterEach(() => rig.close());

const asked = { agent: "doc_writer", summary: "Wrote the plan.", outputFiles: ["docs/plan.md"] };

test("a folder without a log has an empty one; the first entry makes the file", async () => {
  expect(await rig.log.view()).toMatchObject({ path: LOG, exists: false, level: 0, append: "array" });
  expect(await readdir(rig.folder)).toEqual([]);
  const { ref, text } = await rig.log.append(asked);
  expect(await rig.text()).toBe(`[\n  ${text}\n]\n`);
  expect(JSON.parse(await rig.text())).toEqual([
    {
      ...{ task_id: "task-001", agent: "doc_writer", date: "2026-05-06", summary: "Wrote the plan." },
      ...{ output_files: ["docs/plan.md"], at: NOON.toISOString(), run_id: ref },
    },
  ]);
  expect(rig.changed).toEqual([LOG]);
  expect(rig.errors).toEqual([]);
});

test("an entry goes behind the last one, every byte before it as it was", async () => {
  const before = '\ufeff[\r\n  {"task_id": "TASK-041", "summary": "x"}\r\n]\r\n\r\n';
  await rig.put(LOG, before);
  expect(await rig.log.append(asked)).toMatchObject({ outcome: "appended", taskId: "task-042" });
  const now = await rig.text();
  expect(now.startsWith(before.slice(0, before.indexOf("}") + 1))).toBe(true);
  expect(now.endsWith("\r\n]\r\n\r\n")).toBe(true);
});

test("appending twice with the same run id appends once, also from another process", async () => {
  const entry = { ...asked, runId: "01JZ2Y7M3W8Q4K6T9V5X1C0B2D", at: NOON.toISOString() };
  const first = await rig.log.appendEntry(entry);
  expect(await rig.log.appendEntry(entry)).toEqual(first);
  expect(await rig.another().appendEntry(entry)).toEqual(first);
  expect(JSON.parse(await rig.text())).toHaveLength(1);
  expect(await rig.log.hasRunId(entry.runId)).toBe(true);
});

test("many at once from two processes are all there, with ids of their own", async () => {
  const other = rig.another();
  const many = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? rig.log : other).append(asked));
  await Promise.all(many);
  const entries: { task_id: string }[] = JSON.parse(await rig.text());
  expect(entries.map((entry) => entry.task_id)).toEqual(
    Array.from({ length: 40 }, (_, index) => `task-${String(index + 1).padStart(3, "0")}`),
  );
});

test("shows newest first, filtered, with counts and the shared ids of a merge", async () => {
  await rig.put(
    LOG,
    JSON.stringify([
      { task_id: "task-001", agent: "a", date: "2026-05-04", summary: "One", output_files: ["x.md", "../up"] },
      { task_id: "task-001", agent: "b", date: "2026-05-05", summary: "Two", output_files: [], status: "failed" },
      { task_id: "task-002", date: "2026-02-31", summary: "Three", output_files: [], status: "refused" },
      "odd",
    ]),
  );
  const view = await rig.log.view();
  expect(view.counts).toEqual({ entries: 3, invalid: 1, withProblems: 2, refused: 1, failed: 1, pending: 0 });
  expect(view.agents).toEqual(["a", "b"]);
  expect(view.activity).toHaveLength(12);
  expect(view.activity.at(-1)).toEqual({ week: "2026-05-04", count: 2 });
  const all = await rig.log.items({});
  expect(all.total).toBe(4);
  expect(all.items.map((item) => (item.kind === "entry" ? item.summary : item.raw))).toEqual([
    ...['"odd"', "Three", "Two", "One"],
  ]);
  const [one] = (await rig.log.items({ agent: "a" })).items;
  expect(one).toMatchObject({
    ofSame: { number: 1, count: 2 },
    outputFiles: [
      { path: "x.md", isSafe: true },
      { path: "../up", isSafe: false },
    ],
  });
  expect((await rig.log.items({ search: "TW" })).total).toBe(1);
  expect((await rig.log.items({ hasProblems: true })).total).toBe(3);
  expect((await rig.log.items({ from: 1, count: 2 })).items.map(({ index }) => index)).toEqual([2, 1]);
});

test("an entry is found by its ref, and an unknown one is not", async () => {
  const { ref } = await rig.log.append(asked);
  expect(await rig.log.entry(ref)).toMatchObject({ kind: "entry", summary: asked.summary });
  await expect(rig.log.entry("none")).rejects.toMatchObject({ code: "not-found" });
});

test.each([
  { summary: "" },
  { summary: "two\nlines" },
  { summary: "é".repeat(501) },
  { outputFiles: ["/etc/passwd"] },
  { outputFiles: ["a/../../b"] },
  { agent: " " },
])("an entry that cannot be one is refused, and nothing is written: %o", async (wrong) => {
  await expect(rig.log.append({ ...asked, ...wrong })).rejects.toMatchObject({ code: "bad-request" });
  expect(await readdir(rig.folder)).toEqual([]);
});
