import { appendFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DocumentsView, DocumentVersion, DocumentView, DocumentWritten } from "../../shared/documents.ts";
import type { LogItemsPage } from "../../shared/task-log.ts";
import { type DocumentsRig, openDocumentsRig } from "./documents-rig.ts";

const PRD = ".codex/PRD.md";
const long = { timeout: 20_000, interval: 20 };

let rig: DocumentsRig;

beforeEach(async () => {
  rig = await openDocumentsRig();
});

afterEach(async () => {
  await rig.close();
});

const view = (path = PRD) => rig.json<DocumentView>("GET", `/documents/content?path=${encodeURIComponent(path)}`);
const write = (text: string, base: string | null, path = PRD) =>
  rig.json<DocumentWritten>("PUT", "/documents/content", { path, text, base });
const versions = async (path = PRD) =>
  (await rig.json<{ versions: DocumentVersion[] }>("GET", `/documents/versions?path=${encodeURIComponent(path)}`))
    .versions;
const problemOf = async (response: Response) => await response.json();

describe("writing", () => {
  test("makes a new document with one line end at its end, and only inside of .codex/", async () => {
    const { revision } = await write("# PRD", null);
    expect(await rig.text(PRD)).toBe("# PRD\n");
    expect((await view()).revision).toBe(revision);
    for (const path of ["README.md", "AGENTS.md", "docs/PRD.md", ".codex/../PRD.md", "/etc/x.md", ".codex/a/../b.md"]) {
      expect((await rig.send("PUT", "/documents/content", { path, text: "x", base: null })).status).not.toBe(200);
    }
    expect(await rig.json<DocumentsView>("GET", "/documents")).toMatchObject({ documents: [{ path: PRD }] });
  });

  test("keeps the byte order mark and the line ends that the file has, each line its own", async () => {
    await rig.put(PRD, "\ufeff# PRD\r\none\ntwo\r\n");
    const { text, revision } = await view();
    expect(text).toBe("# PRD\r\none\ntwo\r\n");
    await write("# PRD\none\nmore\ntwo\n", revision);
    expect(await rig.text(PRD)).toBe("\ufeff# PRD\r\none\nmore\r\ntwo\r\n");
  });

  test("of two writers that saw the same one is told, and nothing of the other is lost", async () => {
    const { revision } = await write("# one\n", null);
    const answers = await Promise.all(
      ["a", "b", "c"].map((text) => rig.send("PUT", "/documents/content", { path: PRD, text, base: revision })),
    );
    expect(answers.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([200, 409, 409]);
    const stale = await problemOf(answers.find(({ status }) => status === 409) as Response);
    expect(stale).toMatchObject({ code: "stale", facts: { revision: (await view()).revision } });
    expect(await versions()).toHaveLength(2);
  });

  test("refuses what belongs to others, what is no UTF-8, and the second of two that stand for the same", async () => {
    await rig.put(".codex/config.toml", "a = 1");
    await rig.put(".codex/rules/x.md", "x");
    await rig.put(".codex/hooks.json", "{}");
    await rig.put(".codex/TASK-LOG.json", "[]\n");
    await rig.put(".codex/latin.md", Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a));
    await rig.put(".codex/prd.md", "second\n");
    await rig.put(PRD, "first\n");
    const { documents } = await rig.json<DocumentsView>("GET", "/documents");
    const reasons = Object.fromEntries(documents.map(({ path, readOnly }) => [path, readOnly]));
    expect(reasons).toMatchObject({
      ".codex/config.toml": "foreign",
      ".codex/rules/x.md": "foreign",
      ".codex/latin.md": "not-utf8",
      ".codex/prd.md": "second-choice",
    });
    expect(reasons[PRD]).toBeUndefined();
    for (const { path, revision } of documents.filter((document) => document.path !== PRD)) {
      const answer = await rig.send("PUT", "/documents/content", { path, text: "x", base: revision });
      expect(`${path} ${answer.status}`).toBe(`${path} 409`);
    }
    expect(await rig.text(".codex/rules/x.md")).toBe("x");
  });

  test("what is too large to be shown is not replaced, for no version of it would be kept, and none is made", async () => {
    const text = "ü".repeat(2 * 1024 * 1024 + 1);
    const answer = await rig.send("PUT", "/documents/content", { path: PRD, text, base: null });
    expect([answer.status, await problemOf(answer)]).toEqual([413, expect.objectContaining({ code: "too-large" })]);
    await rig.put(PRD, text);
    const { revision, readOnly, text: shown } = await view();
    expect([readOnly, shown]).toEqual(["too-large", ""]);
    const refused = await rig.send("PUT", "/documents/content", { path: PRD, text: "x", base: revision });
    expect(await problemOf(refused)).toMatchObject({ code: "read-only" });
    expect(await rig.text(PRD)).toBe(text);
  });

  test("writes the same text without a new version", async () => {
    const { revision } = await write("# one\n", null);
    expect(await write("# one\n", revision)).toEqual({ path: PRD, revision });
    expect(await versions()).toHaveLength(1);
  });
});

describe("versions", () => {
  test("tell who wrote what, with the lines that came and went", async () => {
    const first = await write("# PRD\none\n", null);
    await rig.documents.files.write({
      path: PRD,
      text: "# PRD\none\ntwo\nthree\n",
      base: first.revision,
      by: { agent: "doc_writer", runId: "01JZ2Y7M3W8Q4K6T9V5X1C0B2D", summary: "Added." },
    });
    const [second, before] = await versions();
    expect(second).toMatchObject({ by: "agent", agent: "doc_writer", added: 2, removed: 0, isCurrent: true });
    expect(before).toMatchObject({ by: "person", added: 2, removed: 0, isCurrent: false });
    const url = `/documents/version?path=${PRD}&revision=${first.revision}`;
    expect(await rig.json("GET", url)).toEqual({ text: "# PRD\none\n" });
    await rig.documents.files.linkVersion(PRD, second?.revision ?? "", { taskId: "task-7", logRef: "r", summary: "s" });
    expect((await view()).lastChange).toMatchObject({ agent: "doc_writer", taskId: "task-7", logRef: "r" });
  });

  test("hold what an editor overwrote, though nobody had looked at it before", async () => {
    await rig.put(PRD, "before\n");
    await rig.documents.scan(new AbortController().signal);
    await rig.put(PRD, "after\n");
    const { revision } = await view();
    await write("mine\n", revision);
    const texts = await Promise.all(
      (await versions()).map(async ({ by, revision: each }) => {
        const { text } = await rig.json<{ text: string }>("GET", `/documents/version?path=${PRD}&revision=${each}`);
        return `${by} ${text.trim()}`;
      }),
    );
    expect(texts).toEqual(["person mine", "outside after", "outside before"]);
  });

  test("an older one comes back as a new one, byte for byte, and the log tells of it", async () => {
    await rig.put(PRD, "\ufeffold\r\nmixed\n");
    const { revision: old } = await view();
    const { revision: base } = await write("new\n", old);
    const written = await rig.json<DocumentWritten>("POST", "/documents/revert", { path: PRD, revision: old, base });
    expect(written.revision).toBe(old);
    expect(await rig.text(PRD)).toBe("\ufeffold\r\nmixed\n");
    const { items } = await rig.json<LogItemsPage>("GET", "/task-log/items");
    expect(items).toMatchObject([{ kind: "entry", outputFiles: [{ path: PRD }] }]);
    const [newest, ...others] = await versions();
    expect(newest).toMatchObject({ by: "person", isCurrent: true, taskId: "task-001" });
    expect(others).toHaveLength(2);
    const again = await rig.send("POST", "/documents/revert", { path: PRD, revision: old, base });
    expect(again.status).toBe(409);
  });

  test("an end between the version and the document loses nothing and says whose the document is", async () => {
    const { revision } = await write("one\n", null);
    const other = rig.another();
    // The file is swapped for a folder at the last moment: the version is kept, the document is not written.
    await rm(join(rig.folder, ".codex"), { recursive: true });
    const by = { agent: "planner", runId: "01JZ2Y7M3W8Q4K6T9V5X1C0B2D", summary: "Two." };
    const change = { path: PRD, text: "two\n", base: revision, by };
    expect(await other.files.write(change)).toMatchObject({ outcome: "stale" });
    expect(await versions()).toMatchObject([{ by: "person", revision, isCurrent: false }]);
    const url = `/documents/version?path=${PRD}&revision=${revision}`;
    expect(await rig.json("GET", url)).toEqual({ text: "one\n" });
  });
});

describe("watching", () => {
  const changed = () => rig.events.flatMap((event) => (event.type === "document-changed" ? [event.path] : []));

  test("tells of changes below .codex/ and of the named files at the root, once each", async () => {
    await rig.put(PRD, "one\n");
    await rig.watch();
    await rig.put(PRD, "two\n");
    await rig.put("AGENTS.md", "a\n");
    await rig.put("README.md", "r\n");
    await rig.put(".codex/tasks/deep/x.md", "x\n");
    await expect.poll(changed, long).toEqual(expect.arrayContaining([PRD, "AGENTS.md", ".codex/tasks/deep/x.md"]));
    await rm(join(rig.folder, "AGENTS.md"));
    await expect.poll(() => changed().filter((path) => path === "AGENTS.md").length, long).toBe(2);
    expect(changed()).not.toContain("README.md");
  });

  test("our own write is told once, and is no version of somebody else's", async () => {
    await rig.watch();
    await write("one\n", null);
    await rig.put(".codex/last.md", "x\n");
    await expect.poll(changed, long).toContain(".codex/last.md");
    await expect.poll(async () => (await versions(".codex/last.md")).length, long).toBe(1);
    expect(changed().filter((path) => path === PRD)).toHaveLength(1);
    expect(await versions()).toMatchObject([{ by: "person" }]);
  });

  test("a file that is emptied and then filled becomes one version", async () => {
    await rig.put(PRD, "one\n");
    await rig.documents.scan(new AbortController().signal);
    await rig.watch();
    await writeFile(join(rig.folder, PRD), "");
    await expect.poll(() => changed().length, long).toBe(1);
    await appendFile(join(rig.folder, PRD), "half\n");
    await appendFile(join(rig.folder, PRD), "whole\n");
    await expect.poll(async () => (await versions()).length, long).toBe(2);
    expect(await versions()).toMatchObject([
      { by: "outside", size: 11 },
      { by: "outside", size: 4 },
    ]);
  });
});

describe("the home of Codex CLI", () => {
  test("closes the folder when it appears, with a notice, and opens it when it is gone", async () => {
    await rig.put(PRD, "one\n");
    await rig.watch();
    const { revision } = await view();
    await rig.put(".codex/auth.json", '{"token":"secret"}');
    await expect.poll(() => rig.events.some(({ type }) => type === "notice-raised"), long).toBe(true);
    for (const path of [
      "/documents",
      `/documents/content?path=${PRD}`,
      "/roster",
      "/proposals",
      "/task-log",
      "/inbox",
    ]) {
      expect(`${path} ${(await rig.send("GET", path)).status}`).toBe(`${path} 403`);
    }
    expect((await rig.send("PUT", "/documents/content", { path: PRD, text: "x", base: revision })).status).toBe(403);
    await expect(rig.documents.files.read(PRD)).rejects.toMatchObject({ code: "forbidden" });
    expect(rig.documents.notices()).toHaveLength(1);
    await rm(join(rig.folder, ".codex/auth.json"));
    await rig.json("GET", "/documents");
    expect(rig.documents.notices()).toEqual([]);
    expect(await rig.text(PRD)).toBe("one\n");
  });
});

describe("what waits", () => {
  test("in the inbox since the folder was closed is taken once it is open, without another event", async () => {
    await rig.put(".codex/auth.json", "{}");
    await rig.documents.scan(new AbortController().signal);
    await rig.put("codex-inbox/a.json", '{"agent":"codex","summary":"Waited"}');
    await rig.documents.changedOutside({ type: "changed", path: "codex-inbox/a.json" });
    await rm(join(rig.folder, ".codex/auth.json"));
    await rig.documents.changedOutside({ type: "removed", path: ".codex/auth.json" });
    await expect.poll(() => rig.text(".codex/TASK-LOG.json").catch(() => ""), long).toContain("Waited");
    expect(rig.errors).toEqual([]);
  });

  test("for the log's repair is written by a look at the folder, and never by a GET", async () => {
    await rig.put(".codex/TASK-LOG.json", "[{\n");
    const entry = { agent: "planner", summary: "Waited", outputFiles: [] };
    expect(await rig.json("POST", "/task-log/entries", entry)).toMatchObject({ outcome: "pending" });
    await rig.put(".codex/TASK-LOG.json", "[]\n");
    expect(await rig.json("GET", "/task-log")).toMatchObject({ counts: { pending: 1, entries: 0 } });
    expect(await rig.text(".codex/TASK-LOG.json")).toBe("[]\n");
    await rig.documents.scan(new AbortController().signal);
    expect(await rig.text(".codex/TASK-LOG.json")).toContain("Waited");
    expect(await rig.json("GET", "/task-log")).toMatchObject({ counts: { pending: 0, entries: 1 } });
  });
});

test("exact repairs change the lines that are named and nothing else", async () => {
  const broken = "# PRD\r\n\r\nCafÃ© â€” and plain\r\nStill brÃ¶ken\r\nCafé is sound\r\n";
  await rig.put(PRD, broken);
  const { findingsList, revision } = await view();
  const lines = findingsList.filter(({ code }) => code === "mojibake").map(({ line }) => line);
  expect(new Set(lines)).toEqual(new Set([3, 4]));
  const first = await rig.json<DocumentWritten>("POST", "/documents/repair", { path: PRD, base: revision, lines: [4] });
  expect(await rig.text(PRD)).toBe(broken.replace("brÃ¶ken", "bröken"));
  expect((await rig.send("POST", "/documents/repair", { path: PRD, base: revision })).status).toBe(409);
  const all = await rig.json<DocumentWritten>("POST", "/documents/repair", { path: PRD, base: first.revision });
  expect(await rig.text(PRD)).toBe("# PRD\r\n\r\nCafé — and plain\r\nStill bröken\r\nCafé is sound\r\n");
  const nothing = await rig.send("POST", "/documents/repair", { path: PRD, base: all.revision });
  expect(nothing.status).toBe(400);
});

test("agents read documents and feedback, write one Markdown file in .codex/, and nothing else", async () => {
  await rig.put("feedback.jsonl", "{}\n");
  await rig.put("secret.md", "s");
  expect(await rig.documents.files.read("feedback.jsonl")).toMatchObject({ text: "{}\n" });
  expect(await rig.documents.files.read(PRD)).toBeUndefined();
  const by = { agent: "a", runId: "01JZ2Y7M3W8Q4K6T9V5X1C0B2D", summary: "s" };
  for (const path of ["secret.md", ".codex/sessions/x.jsonl", ".codex/../secret.md", "/etc/passwd"]) {
    await expect(rig.documents.files.read(path)).rejects.toMatchObject({ code: "forbidden" });
  }
  for (const path of ["secret.md", ".codex/TASK-LOG.json", ".codex/config.toml", ".codex/rules/a.md", "AGENTS.md"]) {
    await expect(rig.documents.files.write({ path, text: "x", base: null, by })).rejects.toMatchObject({ status: 403 });
  }
  const written = await rig.documents.files.write({ path: ".codex/NEW.md", text: "new", base: null, by });
  expect(written).toMatchObject({ outcome: "written" });
  const stale = await rig.documents.files.write({ path: ".codex/NEW.md", text: "x", base: "0".repeat(64), by });
  expect(stale).toMatchObject({ outcome: "stale", revision: expect.any(String) });
});
