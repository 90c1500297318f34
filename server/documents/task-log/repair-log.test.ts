import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG, type LogRig, NOON, openLogRig } from "./task-log-rig.ts";

let rig: LogRig;

beforeEach(async () => {
  rig = await openLogRig();
});
afterEach(() => rig.close());

const asked = { agent: "doc_writer", summary: "Wrote the plan.", outputFiles: ["docs/plan.md"] };
const first = '{"task_id": "task-007", "agent": "a", "date": "2026-05-04", "summary": "One", "output_files": []}';
const broken = `[\n  ${first}\n  {"task_id": "task-008", "summary":\n`;

const logFiles = async () => (await readdir(join(rig.folder, ".codex"))).sort();
const summaries = async (): Promise<unknown[]> =>
  JSON.parse(await rig.text()).map((entry: { summary?: string; invalid?: string }) => entry.summary ?? entry.invalid);

test("nothing is added to a broken log: entries wait, with ids of their own, and are counted", async () => {
  await rig.put(LOG, broken);
  const one = await rig.log.append(asked);
  const two = await rig.another().append({ ...asked, summary: "Two" });
  expect([one.outcome, one.taskId, two.taskId]).toEqual(["pending", "task-008", "task-009"]);
  expect(await rig.text()).toBe(broken);
  expect(await rig.log.view()).toMatchObject({ level: 3, append: "pending", counts: { pending: 2 } });
  expect((await rig.log.view()).problems.length).toBeGreaterThan(0);
});

test("waiting twice with the same run id waits once, and asking after the repair gives the same entry", async () => {
  await rig.put(LOG, broken);
  const entry = { ...asked, runId: "01JZ2Y7M3W8Q4K6T9V5X1C0B2D", at: NOON.toISOString() };
  const waiting = await rig.log.appendEntry(entry);
  expect((await rig.log.appendEntry(entry)).taskId).toBe(waiting.taskId);
  expect((await rig.log.view()).counts.pending).toBe(1);
  await rig.put(LOG, "[]\n");
  expect(await rig.log.appendEntry(entry)).toMatchObject({ outcome: "appended", taskId: waiting.taskId });
  expect(await summaries()).toEqual([asked.summary]);
});

test("a repair keeps the broken file and every fragment, and then what waits is appended", async () => {
  await rig.put(LOG, broken);
  await rig.log.append(asked);
  const { revision = "" } = await rig.log.view();
  const preview = await rig.log.repairPreview({ base: revision });
  expect(preview).toMatchObject({ kept: 1, invalidKept: 1 });
  expect(await logFiles()).toEqual(["TASK-LOG.json"]);
  const { backup } = await rig.log.repair({ base: revision });
  expect(await rig.text(backup)).toBe(broken);
  expect(await summaries()).toEqual(["One", expect.stringContaining("task-008"), asked.summary]);
  expect(await rig.text()).toContain(first);
  const after = await rig.log.view();
  expect(after).toMatchObject({ level: 0, append: "array", counts: { pending: 0, entries: 3 } });
  expect(after.history.state).not.toBe("rewritten");
});

test("what an earlier repair kept is never written over", async () => {
  const backups: string[] = [];
  for (const content of [broken, `${broken}x`]) {
    await rig.put(LOG, content);
    const { revision = "" } = await rig.log.view();
    const { backup } = await rig.log.repair({ base: revision });
    backups.push(await rig.text(backup));
  }
  expect(backups).toEqual([broken, `${broken}x`]);
});

test("a log that a person repaired by hand gets what waits as soon as it is seen", async () => {
  await rig.put(LOG, broken);
  await rig.log.append(asked);
  await rig.put(LOG, `[${first}]`);
  await rig.log.changedOutside(LOG);
  expect(await summaries()).toEqual(["One", asked.summary]);
  expect((await rig.log.view()).counts.pending).toBe(0);
});

test("what waits goes before a new entry, in one write", async () => {
  await rig.put(LOG, broken);
  await rig.log.append(asked);
  await rig.put(LOG, `[${first}]`);
  await rig.log.append({ ...asked, summary: "Three" });
  expect(await summaries()).toEqual(["One", asked.summary, "Three"]);
  expect(rig.changed).toHaveLength(1);
});

test("sides of a merge conflict: the chosen one, or both", async () => {
  const side = (name: string) => `    "summary": "${name}"`;
  const sides = `<<<<<<< HEAD\n${side("Ours")}\n=======\n${side("Theirs")}\n>>>>>>> other`;
  const file = `[\n  {\n    "task_id": "task-008",\n${sides}\n  }\n]\n`;
  for (const [chosen, expected] of [
    ["ours", ["Ours"]],
    ["theirs", ["Theirs"]],
    [undefined, ["Ours", "Theirs"]],
  ] as const) {
    await rig.put(LOG, file);
    const [item] = (await rig.log.items({})).items;
    expect(item).toMatchObject({ kind: "invalid", sides: [{ name: "ours" }, { name: "theirs" }] });
    const { revision = "" } = await rig.log.view();
    await rig.log.repair({ base: revision, ...(chosen !== undefined && { sides: chosen }) });
    expect(await summaries()).toEqual(expected);
  }
});

test("a repair of another revision, of a whole log, or of a foreign shape is refused and changes nothing", async () => {
  await rig.put(LOG, broken);
  await expect(rig.log.repair({ base: "0".repeat(64) })).rejects.toMatchObject({ code: "stale" });
  for (const [content, code] of [
    ["[]\n", "bad-request"],
    ['{"a":{"b":1}}', "read-only"],
  ] as const) {
    await rig.put(LOG, content);
    const { revision = "" } = await rig.log.view();
    await expect(rig.log.repair({ base: revision })).rejects.toMatchObject({ code });
    expect(await rig.text()).toBe(content);
  }
  expect(await logFiles()).toEqual(["TASK-LOG.json"]);
});

test.each([
  [1, "TASK-LOG.json", '{"entries":[{"task_id":"task-001"}]}'],
  [1, "TASK-LOG.json", '{"task-1":{"summary":"x"}}'],
  [4, "TASK-LOG.md", "### Task Completed\n\n**Agent:** a\n**Task Id:** task-001\n"],
])("level %i, %s: shown, and nothing is written", async (level, name, content) => {
  await rig.put(`.codex/${name}`, content);
  expect(await rig.log.view()).toMatchObject({ level, append: "none", path: `.codex/${name}` });
  await expect(rig.log.append(asked)).rejects.toMatchObject({ code: "read-only" });
  expect(await rig.text(`.codex/${name}`)).toBe(content);
});

test("JSON Lines get a line, also after a last line without its end", async () => {
  await rig.put(".codex/TASK-LOG.jsonl", '{"task_id":"task-001","summary":"x"}');
  const { taskId } = await rig.log.append(asked);
  const lines = (await rig.text(".codex/TASK-LOG.jsonl")).split("\n");
  expect([taskId, lines.length, lines[0]]).toEqual(["task-002", 3, '{"task_id":"task-001","summary":"x"}']);
});

test("the exact name is the log, others are shown beside it and written by nobody", async () => {
  await rig.put("TASK-LOG.json", '[{"task_id":"task-100","summary":"At the root"}]');
  expect((await rig.log.view()).path).toBe("TASK-LOG.json");
  await rig.put(".codex/task_log.json", "[]");
  expect((await rig.log.view()).path).toBe(".codex/task_log.json");
  await rig.put(LOG, "[]");
  expect(await rig.log.view()).toMatchObject({ path: LOG, others: [".codex/task_log.json", "TASK-LOG.json"] });
  expect(await rig.log.view("TASK-LOG.json")).toMatchObject({ append: "none", counts: { entries: 1 } });
  expect((await rig.log.items({ path: "TASK-LOG.json" })).total).toBe(1);
  await rig.log.append(asked);
  expect(await rig.text(".codex/task_log.json")).toBe("[]");
});

test.each(["package.json", "../TASK-LOG.json", ".codex/auth.json", ".codex/sub/TASK-LOG.json"])(
  "%s is no log and is not opened as one",
  async (path) => {
    await expect(rig.log.view(path)).rejects.toMatchObject({ code: "forbidden" });
    await expect(rig.log.items({ path })).rejects.toMatchObject({ code: "forbidden" });
  },
);
