import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BoardView, CardView } from "../../../shared/proposals.ts";
import type { LogItemsPage } from "../../../shared/task-log.ts";
import { type DocumentsRig, openDocumentsRig } from "../documents-rig.ts";
import { checkBoardChange } from "./check-board-change.ts";

const BOARD = ".codex/PROPOSED-TASKS.md";

let rig: DocumentsRig;

beforeEach(async () => {
  rig = await openDocumentsRig();
});

afterEach(async () => {
  await rig.close();
});

const board = (path?: string) =>
  rig.json<BoardView>("GET", `/proposals${path === undefined ? "" : `?path=${encodeURIComponent(path)}`}`);
const cards = async (): Promise<CardView[]> => (await board()).lanes.flatMap((lane) => lane.cards);
const idea = { title: "Add a page", goal: "g", requirements: ["r"], outputFiles: ["a.ts"], criteria: ["c1", "c2"] };
const add = (more: object = {}) =>
  rig.json<{ id: string; revision: string }>("POST", "/proposals", { ...idea, ...more });
const change = (id: string, asked: object, base: string, path = BOARD) =>
  rig.send("PATCH", "/proposals", { path, base, id, change: asked });
const changed = async (id: string, asked: object, base: string, path = BOARD): Promise<string> => {
  const answer = await change(id, asked, base, path);
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { revision: string }).revision;
};
const started = async () => {
  const { id, revision } = await add();
  const accepted = await changed(id, { type: "status", status: "accepted" }, revision);
  return { id, base: await changed(id, { type: "status", status: "in-progress" }, accepted) };
};

test("a first proposal makes the board, later ones are appended, at the same time too", async () => {
  expect(await board()).toMatchObject({ exists: false, path: BOARD });
  const made = await Promise.all([add(), add({ title: "Another" }), add({ title: "Third", agent: "planner" })]);
  const all = await cards();
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
  expect(all.flatMap(({ problems }) => problems)).toEqual([]);
  expect(all.map(({ status }) => status)).toEqual(["proposed", "proposed", "proposed"]);
  expect((await board()).lanes.map(({ name }) => name)).toContain("in-progress");
});

test("edits touch their span only, and only what was seen", async () => {
  const { id, revision } = await add();
  const before = await rig.text(BOARD);
  const checked = await changed(id, { type: "check", number: 1, isChecked: true }, revision);
  expect(await rig.text(BOARD)).toBe(before.replace("[ ] c2", "[x] c2"));
  expect((await change(id, { type: "check", number: 0, isChecked: true }, revision)).status).toBe(409);
  const named = await changed(id, { type: "field", name: "priority", value: "high" }, checked);
  expect(await cards()).toMatchObject([{ priority: "high" }]);
  expect((await change(id, { type: "field", name: "Status", value: "done" }, named)).status).toBe(400);
  expect((await change("pt-nobody", { type: "status", status: "accepted" }, named)).status).toBe(404);
});

describe("a status", () => {
  test("goes only where it may go, and never to done by itself", async () => {
    const { id, revision } = await add();
    for (const status of ["in-progress", "done", "finished"]) {
      expect((await change(id, { type: "status", status }, revision)).status).toBe(409);
    }
    const { id: other, base } = await started();
    const answer = await change(other, { type: "status", status: "done" }, base);
    expect(await answer.json()).toMatchObject({ status: 409, detail: expect.stringContaining("Finish") });
  });

  test("done comes with a new entry of the log that names the proposal", async () => {
    const { id, base } = await started();
    expect((await rig.send("POST", "/proposals/finish", { base, id })).status).toBe(400);
    const done = { base, id, summary: "Built it.", outputFiles: ["a.ts"] };
    const { logRef } = await rig.json<{ logRef: string }>("POST", "/proposals/finish", done);
    expect(await cards()).toMatchObject([{ status: "done", logRefs: [{ ref: logRef, taskId: "task-001" }] }]);
    const { items } = await rig.json<LogItemsPage>("GET", `/task-log/items?proposal=${id}`);
    expect(items).toMatchObject([{ ref: logRef, summary: "Built it.", proposal: id }]);
  });

  test("done takes an entry that is there, and none that names something else", async () => {
    const { id, base } = await started();
    const entry = (proposal: string) =>
      rig.json<{ ref: string }>("POST", "/task-log/entries", { agent: "a", summary: "s", outputFiles: [], proposal });
    const [other, own] = [await entry("pt-other1"), await entry(id)];
    expect((await rig.send("POST", "/proposals/finish", { base, id, logRef: other.ref })).status).toBe(400);
    expect((await rig.send("POST", "/proposals/finish", { base, id, logRef: "nothing" })).status).toBe(400);
    expect(await cards()).toMatchObject([{ status: "in-progress" }]);
    await rig.json("POST", "/proposals/finish", { base, id, logRef: own.ref });
    expect(await cards()).toMatchObject([{ status: "done" }]);
  });
});

test("a proposal becomes one task document, and the board stays as it is", async () => {
  const { id, revision } = await add({ title: "Größe & “Form” <b>", agent: "planner" });
  const before = await rig.text(BOARD);
  const { path } = await rig.json<{ path: string }>("POST", "/proposals/promote", { base: revision, id });
  expect(path).toBe(`.codex/tasks/${id}-gro-e-form-b.md`);
  expect(await rig.text(path)).toContain("c1");
  expect(await rig.text(BOARD)).toBe(before);
  expect(await cards()).toMatchObject([{ taskDocument: path }]);
  expect((await rig.send("POST", "/proposals/promote", { base: revision, id })).status).toBe(409);
});

test("boards of others take checks and statuses, and nothing else", async () => {
  await rig.put("TODO.md", "# Todo\r\n\r\n## Now\r\n\r\n- [ ] first\r\n- [x] second\r\n");
  const view = await board();
  expect(view).toMatchObject({ path: "TODO.md", shape: "checkboxes", lanes: [{ name: "Now" }] });
  const [card] = view.lanes[0]?.cards ?? [];
  const revision = await changed(card?.id ?? "", { type: "status", status: "done" }, view.revision ?? "", "TODO.md");
  expect(await rig.text("TODO.md")).toBe("# Todo\r\n\r\n## Now\r\n\r\n- [x] first\r\n- [x] second\r\n");
  const field = { type: "field", name: "Agent", value: "a" };
  expect((await change(card?.id ?? "", field, revision, "TODO.md")).status).toBe(409);
  const theirs = await rig.text("TODO.md");
  await add();
  expect(await board()).toMatchObject({ path: BOARD, shape: "proposals", others: ["TODO.md"] });
  expect(await rig.text("TODO.md")).toBe(theirs);
  expect((await rig.send("GET", "/proposals?path=README.md")).status).toBe(404);
});

describe("an agent's new board", () => {
  const record = (key: string, status: string, more = "") =>
    `## Task: \`${key}\` — Title ${key}\n\n- **Status:** ${status}\n- **Proposed by:** \`planner\`\n- **Date:** 2026-01-01\n${more}`;
  const file = (...records: string[]) => `# PROPOSED-TASKS.md\n\nIntro.\n\n---\n\n${records.join("\n---\n\n")}`;
  const old = file(record("pt-aaaaaa", "proposed", "\n### Goal\nOne.\n"), record("pt-bbbbbb", "in-progress"));

  test("may add records and move a status one step", () => {
    const next = file(
      record("pt-aaaaaa", "accepted", "\n### Goal\nOne.\n"),
      record("pt-bbbbbb", "in-progress"),
      record("pt-cccccc", "proposed"),
    );
    expect(checkBoardChange(old, next)).toBeUndefined();
    expect(checkBoardChange(old.replaceAll("\n", "\r\n"), next)).toBeUndefined();
    expect(checkBoardChange("", next)).toBeUndefined();
    expect(checkBoardChange(old, old)).toBeUndefined();
  });

  test("may not take away, rewrite, finish, jump, or be something else", () => {
    const a = record("pt-aaaaaa", "proposed", "\n### Goal\nOne.\n");
    const b = record("pt-bbbbbb", "in-progress");
    for (const next of [
      file(a),
      file(record("pt-aaaaaa", "proposed", "\n### Goal\nTwo.\n"), b),
      file(a.replace("Title", "Other"), b),
      file(a, record("pt-bbbbbb", "done")),
      file(record("pt-aaaaaa", "in-progress", "\n### Goal\nOne.\n"), b),
      file(a, b, record("pt-cccccc", "done")),
      old.replace("Intro.", ""),
      "# A document\n\nNo board.\n",
      "",
    ]) {
      expect({ next, refusal: checkBoardChange(old, next) }).toEqual({ next, refusal: expect.any(String) });
    }
    expect(checkBoardChange("## Now\n\n- [ ] theirs\n", old)).toEqual(expect.any(String));
  });
});
