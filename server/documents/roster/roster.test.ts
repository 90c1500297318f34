import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RosterView } from "../../../shared/roster.ts";
import { type DocumentsRig, openDocumentsRig } from "../documents-rig.ts";

let rig: DocumentsRig;

beforeEach(async () => {
  rig = await openDocumentsRig();
});

afterEach(async () => {
  await rig.close();
});

const roster = () => rig.json<RosterView>("GET", "/roster");
const change = (base: string | null, asked: object) => rig.json<RosterView>("POST", "/roster", { base, change: asked });
const refused = async (base: string | null, asked: object) =>
  (await rig.send("POST", "/roster", { base, change: asked })).status;

test("without a roster the usual agents are offered, and nothing is written for it", async () => {
  const view = await roster();
  expect(view).toMatchObject({ kind: "none", path: ".codex/AGENTS.md", agents: [] });
  const keys = view.offered.map(({ key }) => key);
  expect(keys).toEqual(expect.arrayContaining(["doc_writer", "planner", "feedback_interpreter", "task_logger"]));
  expect(view.offered.find(({ key }) => key === "task_logger")).toMatchObject({ isBuiltIn: true });
  expect(view.offered.filter(({ cannotRun }) => cannotRun !== undefined).map(({ key }) => key)).toEqual([
    "task_logger",
  ]);
  await expect(rig.text(".codex/AGENTS.md")).rejects.toThrow("ENOENT");
});

test("a log that is no regular file takes nothing of the roster with it", async () => {
  await rig.put(".codex/AGENTS.md", "## Agent: `planner`\n\n- **Role:** r\n- **Goal:** `PRD.md`\n- **Backstory:** b\n");
  await symlink("/dev/zero", join(rig.folder, ".codex", "TASK-LOG.json"));
  expect((await roster()).agents.map(({ key }) => key)).toEqual(["planner"]);
});

test("adopting makes .codex/AGENTS.md, which is read back as offered", async () => {
  const { offered } = await roster();
  const view = await change(null, { type: "adopt", into: "file" });
  expect(view).toMatchObject({ kind: "roster", path: ".codex/AGENTS.md", offered: [], invalid: [] });
  expect(view.agents.map(({ key }) => key)).toEqual(offered.map(({ key }) => key));
  expect(view.agents.flatMap(({ problems }) => problems)).toEqual([]);
  expect(await refused(view.revision ?? "", { type: "adopt", into: "file" })).toBe(409);
});

test("instructions stay as they are: the roster becomes a section of them or a file of its own", async () => {
  const text = "# Repository Guidelines\r\n\r\nRun the tests.\r\n";
  await rig.put("AGENTS.md", text);
  const before = await roster();
  expect(before).toMatchObject({ kind: "instructions", path: "AGENTS.md" });
  const file = await change(before.revision ?? "", { type: "adopt", into: "file" });
  expect(file).toMatchObject({ kind: "roster", path: ".codex/ROSTER.md" });
  expect(await rig.text("AGENTS.md")).toBe(text);
});

test("a section is appended to the file that is there, in its own line ends", async () => {
  const text = "# Repository Guidelines\r\n\r\nRun the tests.\r\n";
  await rig.put("AGENTS.md", text);
  const { revision } = await roster();
  const view = await change(revision ?? "", { type: "adopt", into: "section" });
  expect(view).toMatchObject({ kind: "roster", path: "AGENTS.md" });
  const now = await rig.text("AGENTS.md");
  expect(now.startsWith(text)).toBe(true);
  expect(now.replaceAll("\r\n", "")).not.toContain("\n");
});

test("an edit touches its span only, and comes back when it is undone", async () => {
  const text =
    "# AGENTS.md\r\n\r\n---\r\n\r\n## Agent: `planner`\r\n\r\n- **Role:** Old  \r\n- **Goal:** Write “it”.\r\n- **Mood:** calm\r\n\r\n## Notes\r\nmine\r\n";
  await rig.put(".codex/AGENTS.md", text);
  const { revision } = await roster();
  const set = await change(revision ?? "", { type: "set", key: "planner", name: "Role", value: "New" });
  expect(await rig.text(".codex/AGENTS.md")).toBe(text.replace("Old", "New"));
  const wrote = await change(set.revision ?? "", { type: "set", key: "planner", name: "writes", value: ".codex/A.md" });
  expect(wrote.agents).toMatchObject([{ role: "New", writes: ".codex/A.md", isWritesInferred: false }]);
  const poet = { type: "add", key: "poet", role: "r", goal: "g", backstory: "b", writes: ".codex/POEM.md" };
  const added = await change(wrote.revision ?? "", poet);
  expect(added.agents.map(({ key }) => key)).toEqual(["planner", "poet"]);
  const removed = await change(added.revision ?? "", { type: "remove", key: "poet" });
  expect(removed.revision).toBe(wrote.revision);
  expect(await rig.text(".codex/AGENTS.md")).toContain("## Notes\r\nmine\r\n");
});

test("refuses what is stale, unknown, doubled, in another form, or would write elsewhere", async () => {
  const { revision: none } = await roster();
  expect(none).toBeUndefined();
  const { revision = "" } = await change(null, { type: "adopt", into: "file" });
  const poet = { type: "add", key: "poet", role: "r", goal: "g", backstory: "b" };
  expect(await refused("0".repeat(64), poet)).toBe(409);
  expect(await refused(null, poet)).toBe(409);
  expect(await refused(revision, { type: "remove", key: "nobody" })).toBe(404);
  expect(await refused(revision, { ...poet, key: "planner" })).toBe(409);
  expect(await refused(revision, { ...poet, writes: ".git/config" })).toBe(400);
  expect(await refused(revision, { type: "set", key: "planner", name: "Writes", value: "../x.md" })).toBe(400);
  expect(await refused(revision, { type: "set", key: "planner", name: "Color", value: "red" })).toBe(400);
});

test("agents of other programs are shown and not written; those that the log names are told of", async () => {
  await rig.put(".codex/AGENTS.md", "# Team\n\n## Roles\n\n- **Backend Dev** – builds the server\n");
  await rig.put(".codex/prompts/backend_dev.md", "# p\n");
  await rig.put(
    ".codex/TASK-LOG.json",
    '[\n  {"task_id":"task-001","agent":"ghost","date":"2025-01-01","summary":"s","output_files":[]}\n]\n',
  );
  const view = await roster();
  expect(view).toMatchObject({ kind: "foreign", seenInLog: ["ghost"] });
  expect(view.agents).toMatchObject([{ cannotRun: expect.any(String) }]);
  const [agent] = view.agents;
  expect(await refused(view.revision ?? "", { type: "remove", key: agent?.key })).toBe(409);
});

test("a usual agent that a roster lacks is shown as missing, and one change adds its record and nothing else", async () => {
  const text =
    "# AGENTS.md\n\n## Agent: `doc_writer`\n\n- **Role:** Writer\n- **Goal:** Keep `.codex/PRD.md`.\n- **Backstory:** Short.\n";
  await rig.put(".codex/AGENTS.md", text);
  const before = await roster();
  expect(before).toMatchObject({ kind: "roster", offered: [] });
  const missing = before.missing.map(({ key }) => key);
  expect(missing).toEqual(expect.arrayContaining(["planner", "feedback_interpreter"]));
  expect(missing).not.toContain("doc_writer");
  expect(missing).not.toContain("task_logger");
  const added = await change(before.revision ?? "", { type: "add-offered", key: "feedback_interpreter" });
  expect(added.agents.map(({ key }) => key)).toEqual(["doc_writer", "feedback_interpreter"]);
  expect(added.agents[1]).toMatchObject({ writes: ".codex/PROPOSED-TASKS.md", problems: [] });
  expect(added.agents[1]?.cannotRun).toBeUndefined();
  expect(added.missing.map(({ key }) => key)).not.toContain("feedback_interpreter");
  expect((await rig.text(".codex/AGENTS.md")).startsWith(text)).toBe(true);
  expect(await refused(before.revision ?? "", { type: "add-offered", key: "planner" })).toBe(409);
  expect(await refused(added.revision ?? "", { type: "add-offered", key: "feedback_interpreter" })).toBe(409);
  expect(await refused(added.revision ?? "", { type: "add-offered", key: "task_logger" })).toBe(404);
});
