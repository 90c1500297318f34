import { execFile } from "node:child_process";
import { chmod, mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DocumentsView } from "../../shared/documents.ts";
import type { BoardView } from "../../shared/proposals.ts";
import type { RosterView } from "../../shared/roster.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { type DocumentsRig, openDocumentsRig } from "./documents-rig.ts";
import { pictureOf } from "./folder-picture-rig.ts";
import { listDocuments } from "./list-documents.ts";

const run = promisify(execFile);

let rig: DocumentsRig;

beforeEach(async () => {
  rig = await openDocumentsRig();
});

afterEach(async () => {
  await rig.close();
});

/** A folder as people, other programs and accidents leave it. */
async function makeOddFolder(): Promise<void> {
  const latin = Uint8Array.from(Buffer.from("# Caf\xe9\n", "latin1"));
  const files: Readonly<Record<string, string | Uint8Array>> = {
    ".codex/AGENTS.md":
      "\ufeff# AGENTS.md\r\n\r\n## Agent: `planner`\r\n\r\n- **Role**: x  \r\n- **Goal:** “y” `PRD.md`",
    ".codex/agents.md": "# second\n",
    ".codex/agent.md": "# third\n",
    ".codex/ROSTER.md":
      "## Agent: `planner`\n\n- **Role:** r\n\n## Agent: `planner`\n\n- **Goal:** g\n\n## Agent: broken head\n",
    ".codex/PRD.md": "```markdown\n# Product Requirements Document Template\n\n## ðŸ§­ Product Overview\n{{X}}\n```",
    ".codex/architecture.md": "# Architecture Document Template\n",
    ".codex/TASK-LOG.json":
      '[\n  {"task_id": "task-045", "agent": 1},\n,\n<<<<<<< HEAD\n  {"task_id": "task-045"}\n=======\n',
    ".codex/task_log.md": "### Task Completed\n\n**Agent:** a\n",
    ".codex/TASK-LOG.json.bak-1": "[]",
    ".codex/PROPOSED-TASKS.md": "## Task: `a` — x\n\n- **Status:** who knows\n\n## Task: `a` — x\n## Task: no key\n",
    ".codex/todo.md": "- [ ] a\n  - [x] b\n",
    ".codex/empty.md": "",
    ".codex/nul.md": "a\0b\n",
    ".codex/latin.md": latin,
    ".codex/utf16.md": Uint8Array.from(Buffer.from("\ufeff# Title\n", "utf16le")),
    ".codex/no-line-end.md": "# x",
    ".codex/old-mac.md": "# x\rtext\r",
    ".codex/bidi.md": "# a\u202eb\u200bc\n",
    ".codex/a b/ü (1) [slug].md": "# x\n",
    [`.codex/${"n".repeat(251)}.md`]: "# long name\n",
    ".codex/config.toml": "model = ",
    ".codex/agents/reviewer.toml": 'name = "reviewer"\ndescription = "Reads."\nmodel = "m"\n',
    ".codex/agents/broken.toml": "name = \n[",
    ".codex/agents/poet.md": "# Poet\n\nYou write.\n",
    ".codex/hooks.json": "{}",
    ".codex/hooks/a.md": "h",
    ".codex/skills/s/SKILL.md": "s",
    ".codex/prompts/planner.md": "# Prompt Template: planner\n",
    ".codex/prompts/deep/er/x.md": "x",
    ".codex/templates/PRD.md": "# {{PROJECT_NAME}}\n",
    ".codex/tasks/pt-7k2m9q-x.md": "# Task {{TASK_NUMBER}}\n",
    ".codex/picture.png": Uint8Array.of(0x89, 0x50),
    ".codex/.PRD.md.folio-tmp-1-abc": "left over",
    "AGENTS.md": "# Repository Guidelines\n",
    "TASKS.md": "## Now\n- a\n",
    "BACKLOG.md": "\n",
    "feedback.jsonl": "not json\n",
    "src/AGENTS.md": "# nested\n",
  };
  for (const [path, content] of Object.entries(files)) await rig.put(path, content);
  const at = (path: string) => join(rig.folder, path);
  await symlink("/etc/hosts", at(".codex/out.md"));
  await symlink(rig.base, at(".codex/outside"));
  await symlink("loop.md", at(".codex/loop.md"));
  await symlink("nowhere", at("TODO.md"));
  await mkdir(at(".codex/folder.md"));
  await writeFile(at(".codex/huge.md"), "# huge\n");
  await truncate(at(".codex/huge.md"), 3 * 2 ** 30);
  await writeFile(at(".codex/new\nline.md"), "x");
  await writeFile(Buffer.concat([Buffer.from(at(".codex/")), Buffer.of(0xff, 0xfe), Buffer.from(".md")]), "x");
  await writeFile(at(".codex/back\\slash.md"), "x");
  await run("mkfifo", [at(".codex/pipe.md"), at("agent.md")]);
  await writeFile(at(".codex/closed.md"), "# closed\n");
  await chmod(at(".codex/closed.md"), 0);
}

test("an odd folder is opened, listed, read in every way and closed with every byte as it was", async () => {
  await makeOddFolder();
  const before = await pictureOf(rig.folder);
  await rig.watch();
  await rig.documents.scan(new AbortController().signal);
  const { documents } = await rig.json<DocumentsView>("GET", "/documents");
  const paths = documents.map(({ path }) => path);
  const asked = [
    "/roster",
    "/proposals",
    "/task-log",
    "/task-log/items",
    "/task-log/items?problems=1&q=a",
    "/inbox",
    ...paths.flatMap((path) => {
      const query = `path=${encodeURIComponent(path)}`;
      return [
        `/documents/content?${query}`,
        `/documents/versions?${query}`,
        `/documents/version?${query}&revision=${"0".repeat(64)}`,
        `/proposals?${query}`,
        `/task-log?${query}`,
        `/task-log/items?${query}`,
      ];
    }),
    ...[".codex/out.md", ".codex/outside/x.md", ".codex/loop.md", ".codex/pipe.md", "TODO.md", ".codex/folder.md"].map(
      (path) => `/documents/content?path=${encodeURIComponent(path)}`,
    ),
  ];
  for (const path of asked) {
    const { status } = await rig.send("GET", path);
    expect(`${path} ${status < 500 ? "answered" : status}`).toBe(`${path} answered`);
  }
  expect(await pictureOf(rig.folder)).toBe(before);
  expect(rig.errors).toEqual([]);
});

test("names what it left out and why, and reads no secret, link, pipe or huge file", async () => {
  await makeOddFolder();
  await rig.put(".codex/history.jsonl", '{"secret":1}\n');
  const { documents, leftOut, codexAgents } = await rig.json<DocumentsView>("GET", "/documents");
  const left = Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason]));
  expect(left).toMatchObject({
    ".codex/out.md": expect.stringContaining("link"),
    ".codex/outside": expect.stringContaining("link"),
    ".codex/pipe.md": expect.stringContaining("regular"),
    ".codex/history.jsonl": expect.stringContaining("never read"),
    ".codex/picture.png": expect.any(String),
    ".codex/TASK-LOG.json.bak-1": expect.any(String),
  });
  const of = (path: string) => documents.find((document) => document.path === path);
  expect(of(".codex/huge.md")).toMatchObject({ readOnly: "too-large", revision: "" });
  expect(of(".codex/latin.md")).toMatchObject({ readOnly: "not-utf8" });
  expect(of("AGENTS.md")).toMatchObject({ kind: "roster", readOnly: "second-choice" });
  expect(of("src/AGENTS.md")).toBeUndefined();
  expect(codexAgents).toEqual([
    expect.objectContaining({ name: "broken", description: expect.stringContaining("no TOML") }),
    { path: ".codex/agents/reviewer.toml", name: "reviewer", description: "Reads." },
  ]);
  const secret = await rig.send("GET", "/documents/content?path=.codex/history.jsonl");
  expect(secret.status).toBe(403);
  expect((await rig.send("GET", "/documents/content?path=.codex/AUTH.json")).status).toBe(403);
});

test("rosters and boards that lie side by side are all shown, and the first is the one that is written", async () => {
  await makeOddFolder();
  const roster = await rig.json<RosterView>("GET", "/roster");
  expect(roster).toMatchObject({ kind: "roster", path: ".codex/AGENTS.md" });
  expect(roster.agents).toMatchObject([{ key: "planner", writes: ".codex/PRD.md", isWritesInferred: true }]);
  const board = await rig.json<BoardView>("GET", "/proposals");
  expect(board).toMatchObject({
    path: ".codex/PROPOSED-TASKS.md",
    shape: "proposals",
    others: [".codex/todo.md", "TASKS.md", "BACKLOG.md"],
  });
  const cards = board.lanes.flatMap((lane) => lane.cards);
  expect(cards.map(({ id }) => id)).toEqual(["a", "card-2"]);
  expect(await rig.json<BoardView>("GET", "/proposals?path=.codex/todo.md")).toMatchObject({ shape: "checkboxes" });
});

test("of a folder with too many files the first documents are listed, and it is said", async () => {
  for (let number = 0; number < 30; number += 1) await rig.put(`.codex/many/${number}.md`, "# x\n");
  const store = openFolderStore({ root: rig.folder, locksDirectory: join(rig.base, "locks") });
  const { documents, leftOut } = await listDocuments(store, { documents: 20, names: 1000 });
  expect(documents).toHaveLength(20);
  expect(leftOut).toEqual([{ path: ".codex/", reason: expect.stringContaining("more than 20") }]);
  expect((await listDocuments(store, { documents: 1000, names: 10 })).leftOut).toHaveLength(1);
  await store.close();
});

test("a .codex/ that is a link or a file is told of and not followed", async () => {
  await mkdir(join(rig.base, "elsewhere"));
  await writeFile(join(rig.base, "elsewhere", "PRD.md"), "# x\n");
  await symlink(join(rig.base, "elsewhere"), join(rig.folder, ".codex"));
  const linked = await rig.json<DocumentsView>("GET", "/documents");
  expect(linked).toMatchObject({ documents: [], leftOut: [{ reason: expect.stringContaining("link") }] });
  expect((await rig.send("GET", "/documents/content?path=.codex/PRD.md")).ok).toBe(false);
  const put = { path: ".codex/PRD.md", text: "x", base: null };
  expect((await rig.send("PUT", "/documents/content", put)).ok).toBe(false);
  await rm(join(rig.folder, ".codex"));
  await writeFile(join(rig.folder, ".codex"), "a file");
  expect(await rig.json<DocumentsView>("GET", "/documents")).toMatchObject({ documents: [] });
  expect((await rig.send("PUT", "/documents/content", put)).ok).toBe(false);
  expect(await rig.text("../elsewhere/PRD.md")).toBe("# x\n");
});
