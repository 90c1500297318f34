import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LOG, type LogRig, openLogRig } from "./task-log-rig.ts";

let rig: LogRig;

beforeEach(async () => {
  rig = await openLogRig();
});
afterEach(() => rig.close());

const asked = { agent: "doc_writer", summary: "Wrote the plan.", outputFiles: [] };
const entry = (id: string, summary: string) => ({
  task_id: id,
  agent: "a",
  date: "2026-05-04",
  summary,
  output_files: [],
});
const [one, two, three] = [entry("task-001", "One"), entry("task-002", "Two"), entry("task-003", "Three")];
/** By another program; the watcher tells of it. */
const save = async (entries: unknown, indent = 2) => {
  await rig.put(LOG, `${JSON.stringify(entries, undefined, indent)}\n`);
  await rig.log.changedOutside(LOG);
};
const state = async () => (await rig.log.view()).history.state;

test("a log that is seen for the first time is taken as it is, and what is added by others is no rewrite", async () => {
  await save([one]);
  expect(await state()).toBe("same");
  await save([one, two]);
  expect((await rig.log.view()).history).toMatchObject({ state: "appended", added: 1 });
  await save([one, two], 4);
  expect(await state()).toBe("reformatted");
  expect((await rig.another().view()).history.state).toBe("same");
});

test("an entry that is gone or changed is a rewrite until it is acknowledged, also after a restart and appends", async () => {
  await save([one, two, three]);
  await rig.log.view();
  await save([one, { ...three, summary: "Changed" }]);
  const { history } = await rig.log.view();
  expect(history).toMatchObject({
    state: "rewritten",
    lost: [{ summary: "Two", taskId: "task-002", index: 1 }],
    changed: [{ before: { summary: "Three" }, now: { summary: "Changed" } }],
    added: 0,
  });
  await rig.log.append(asked);
  expect((await rig.another().view()).history).toMatchObject({ state: "rewritten", added: 1 });
  const { revision = "" } = await rig.log.view();
  await expect(rig.log.acknowledge("0".repeat(64))).rejects.toMatchObject({ code: "stale" });
  await rig.log.acknowledge(revision);
  expect(await state()).toBe("same");
  expect((await rig.another().view()).history.state).toBe("same");
});

test("an entry that was put in between known ones is a rewrite that names it, until it is acknowledged", async () => {
  await save([one, three]);
  await rig.log.view();
  await save([two, one, three]);
  expect((await rig.log.view()).history).toMatchObject({
    ...{ state: "rewritten", lost: [], changed: [], added: 1 },
    inserted: [{ summary: "Two", index: 0 }],
  });
  await rig.log.append(asked);
  const { history, revision = "" } = await rig.another().view();
  expect(history).toMatchObject({ state: "rewritten", added: 2, inserted: [{ summary: "Two" }] });
  await rig.log.acknowledge(revision);
  expect(await state()).toBe("same");
  await save([two, one, three], 0);
  expect((await rig.log.view()).history).toMatchObject({ state: "rewritten", lost: [{ summary: asked.summary }] });
});

test("a new layout with entries behind the known ones is no rewrite, and says how many came", async () => {
  await save([one]);
  await rig.log.view();
  await save([one, two], 0);
  expect((await rig.log.view()).history).toMatchObject({ state: "reformatted", added: 1 });
});

test("our own appends are no rewrite, whoever looks next", async () => {
  await save([one]);
  await rig.log.append(asked);
  await rig.another().append(asked);
  expect((await rig.log.check()).history.state).not.toBe("rewritten");
  await save([one]);
  expect(await state()).toBe("rewritten");
});

test("a log that is gone was rewritten too, and its entries can be had again", async () => {
  await save([one, two]);
  await rig.log.view();
  await rm(join(rig.folder, LOG));
  const { history } = await rig.log.view();
  expect(history.lost?.map(({ summary }) => summary)).toEqual(["One", "Two"]);
  expect(await rig.log.restore((history.lost ?? []).map(({ ref }) => ref))).toEqual({ appended: 2 });
  const restored: Record<string, unknown>[] = JSON.parse(await rig.text());
  expect(restored.map(({ summary, supersedes }) => [summary, supersedes])).toEqual([
    ["One", history.lost?.[0]?.ref],
    ["Two", history.lost?.[1]?.ref],
  ]);
});

test("restored entries are new ones that supersede the lost; asked twice they are restored once", async () => {
  await save([one, two]);
  await rig.log.view();
  await save([two]);
  const ref = (await rig.log.view()).history.lost?.[0]?.ref ?? "";
  await rig.log.restore([ref]);
  await rig.log.restore([ref]);
  const entries: Record<string, unknown>[] = JSON.parse(await rig.text());
  expect(entries.map(({ task_id, summary }) => [task_id, summary])).toEqual([
    ["task-002", "Two"],
    ["task-003", "One"],
  ]);
  expect((await rig.log.view()).history).toMatchObject({ state: "rewritten", lost: [] });
  await expect(rig.log.restore(["none"])).rejects.toMatchObject({ code: "not-found" });
});

test("an entry of another program that says more than ours may is fitted when it is restored", async () => {
  const owner = `a\tb${"é".repeat(200)}`;
  await save([{ id: 7, owner, description: `two\nlines ${"é".repeat(600)}`, outputs: ["../up", "a.md"] }]);
  await rig.log.view();
  await save([]);
  const ref = (await rig.log.view()).history.lost?.[0]?.ref ?? "";
  await rig.log.restore([ref]);
  const [restored] = JSON.parse(await rig.text());
  expect(restored).toMatchObject({ agent: `a b${"é".repeat(97)}`, output_files: ["a.md"], supersedes: ref });
  expect(restored.summary.startsWith("two lines ")).toBe(true);
});

test("what the app kept of the log may be broken: then the log is taken as it is", async () => {
  await save([one]);
  await rig.log.view();
  const { readdir, writeFile } = await import("node:fs/promises");
  const kept = (await readdir(join(rig.data, "task-log"))).filter((name) => name.startsWith("seen-"));
  expect(kept).toHaveLength(1);
  await writeFile(join(rig.data, "task-log", kept[0] ?? ""), "{");
  await save([two]);
  expect(await state()).toBe("same");
  await save([]);
  expect(await state()).toBe("rewritten");
});

test("looking at the items of a log stores nothing", async () => {
  await rig.put(LOG, JSON.stringify([one]));
  await rig.log.view();
  await rig.log.items({});
  await rig.log.open();
  await expect(import("node:fs/promises").then(({ readdir }) => readdir(rig.data))).rejects.toMatchObject({
    code: "ENOENT",
  });
});
