import { link, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DocumentsView, DocumentView, DocumentWritten } from "../../shared/documents.ts";
import { type DocumentsRig, openDocumentsRig } from "./documents-rig.ts";

let rig: DocumentsRig;

beforeEach(async () => {
  rig = await openDocumentsRig();
});

afterEach(async () => {
  await rig.close();
});

const put = async (path: string, base: string | null = null) => {
  const response = await rig.send("PUT", "/documents/content", { path, text: "x\n", base });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test.each([
  ["a control of direction", ".codex/a\u202eb.md"],
  ["a blank without width", ".codex/a\u200bb.md"],
  ["a line separator", ".codex/a\u2028b.md"],
  ["a blank at the start", ".codex/ a.md"],
  ["a blank at the end", ".codex/a .md"],
  ["a blank at the end of a folder", ".codex/b\u00a0/a.md"],
  ["nine folders", `.codex/${"f/".repeat(9)}a.md`],
  ["the ending of conversations", ".codex/a.chat.md"],
])("no file is made with %s in its name", async (_, path) => {
  const { status, body } = await put(path);
  expect([status, body["code"], body["title"]]).toEqual([400, "bad-request", expect.stringContaining("Nothing was")]);
  expect((await rig.json<DocumentsView>("GET", "/documents")).exists).toBe(false);
});

test("usual names of any script are made, and files that are there under odd names are read and written", async () => {
  for (const path of [".codex/製品 要求.md", ".codex/Überblick (1).md", `.codex/${"f/".repeat(8)}a.md`]) {
    expect((await put(path)).status).toBe(200);
  }
  const odd = ".codex/a\u202eb.md";
  await rig.put(odd, "# old\n");
  const { text, revision } = await rig.json<DocumentView>("GET", `/documents/content?path=${encodeURIComponent(odd)}`);
  expect([text, (await put(odd, revision)).status]).toEqual(["# old\n", 200]);
});

test("a file in the place of .codex is named with what to do, and every write and the log say so", async () => {
  await writeFile(join(rig.folder, ".codex"), "not a folder");
  expect(await rig.json<DocumentsView>("GET", "/documents")).toMatchObject({
    documents: [],
    leftOut: [{ path: ".codex", reason: expect.stringContaining("A file stands where the folder .codex/ should be") }],
  });
  expect(await put(".codex/PRD.md")).toMatchObject({ status: 409, body: { code: "read-only" } });
  const entry = { agent: "a", summary: "s", outputFiles: [] };
  for (const [method, path, body] of [
    ["GET", "/task-log", undefined],
    ["POST", "/task-log/entries", entry],
  ] as const) {
    const response = await rig.send(method, path, body);
    expect([path, response.status, await response.text()]).toEqual([
      path,
      409,
      expect.stringContaining("stands where"),
    ]);
  }
  expect(await rig.text(".codex")).toBe("not a folder");
  await rm(join(rig.folder, ".codex"));
  expect((await put(".codex/PRD.md")).status).toBe(200);
});

test("a file with another name on the disk says so; a write leaves the other name as it was", async () => {
  await rig.put(".codex/PRD.md", "# PRD\n\nText of it.\n");
  await link(join(rig.folder, ".codex/PRD.md"), join(rig.folder, "copy.md"));
  const view = () => rig.json<DocumentView>("GET", "/documents/content?path=.codex/PRD.md");
  const { revision, findings, findingsList } = await view();
  expect([findings, findingsList.map(({ code }) => code)]).toEqual([1, ["hard-link"]]);
  const { documents } = await rig.json<DocumentsView>("GET", "/documents");
  expect(documents[0]).toMatchObject({ path: ".codex/PRD.md", findings: 1 });
  await rig.json<DocumentWritten>("PUT", "/documents/content", {
    ...{ path: ".codex/PRD.md", text: "# PRD\n\nNew text.\n", base: revision },
  });
  expect([await rig.text("copy.md"), (await view()).findings]).toEqual(["# PRD\n\nText of it.\n", 0]);
});
