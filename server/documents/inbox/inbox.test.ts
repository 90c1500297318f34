import { execFileSync } from "node:child_process";
import { appendFile, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readBoard } from "../../../shared/codex-format/proposals/read-board.ts";
import { createLogger } from "../../platform/logger.ts";
import { openFolderStore } from "../../platform/store/folder-store.ts";
import { serve } from "../serve-rig.ts";
import { type LogRig, NOON, openLogRig } from "../task-log/task-log-rig.ts";
import { createInbox, type Inbox } from "./inbox.ts";

let rig: LogRig;
let inbox: Inbox;

const BOARD = ".codex/PROPOSED-TASKS.md";
const clock = { now: () => NOON, monotonic: () => performance.now() };

function open(settleMs: number): Inbox {
  const store = openFolderStore({ root: rig.folder, locksDirectory: join(rig.base, "locks") });
  return createInbox({
    ...{ store, clock, settleMs, retryMs: 50, onChanged: (path) => rig.changed.push(path) },
    appendEntries: (entries) => rig.log.appendEntries(entries),
    logger: createLogger("error", (line) => rig.errors.push(line)),
  });
}

beforeEach(async () => {
  rig = await openLogRig();
  inbox = open(0);
});
afterEach(async () => {
  await inbox.close();
  await rig.close();
});

const entries = async (): Promise<{ task_id: string; summary: string; run_id: string }[]> =>
  JSON.parse(await rig.text().catch(() => "[]"));
const done = (): Promise<string[]> => readdir(join(rig.folder, "codex-inbox/done")).catch((): string[] => []);
const left = async () => (await readdir(join(rig.folder, "codex-inbox"))).filter((name) => name !== "done");

test("an entry and an array of entries go into the log, and their files to done", async () => {
  await rig.put(
    "codex-inbox/task-9.json",
    '{"task_id":"task-9","agent":"codex","summary":"One","output_files":["a.ts"]}',
  );
  await rig.put(
    "codex-inbox/z.json",
    '\ufeff[{"agent":"codex","summary":"Two"},{"agent":"codex","summary":"Three"}]\n',
  );
  await inbox.changedOutside("codex-inbox/task-9.json");
  expect((await entries()).map(({ task_id, summary }) => [task_id, summary])).toEqual([
    ["task-001", "One"],
    ["task-002", "Two"],
    ["task-003", "Three"],
  ]);
  expect(await left()).toEqual([]);
  expect((await done()).toSorted()).toEqual(["task-9.json", "z.json"]);
  expect(await inbox.view()).toEqual({ folder: "codex-inbox", exists: true, taken: 2, refused: [] });
  expect(rig.errors).toEqual([]);
});

test("a file that is there again after a crash is appended once; another one of the same name goes beside it", async () => {
  await rig.put("codex-inbox/a.json", '{"agent":"codex","summary":"One"}');
  await inbox.scan();
  // As a kill before the removal leaves it: in the log, in done, and still in the inbox.
  await rig.put("codex-inbox/a.json", '{"agent":"codex","summary":"One"}');
  await inbox.scan();
  expect(await entries()).toHaveLength(1);
  expect(await done()).toEqual(["a.json"]);
  await rig.put("codex-inbox/a.json", '{"agent":"codex","summary":"Another"}');
  await inbox.scan();
  expect(await entries()).toHaveLength(2);
  expect((await done()).toSorted()).toEqual(["a-2.json", "a.json"]);
});

test("a run id in the file counts for nothing: copied examples are not swallowed", async () => {
  const runId = "01JZ2Y7M3W8Q4K6T9V5X1C0B2D";
  await rig.put("codex-inbox/a.json", `{"agent":"codex","summary":"One","run_id":"${runId}"}`);
  await rig.put("codex-inbox/b.json", `{"agent":"codex","summary":"Two","run_id":"${runId}"}`);
  await inbox.scan();
  expect((await entries()).map(({ summary }) => summary)).toEqual(["One", "Two"]);
});

test.each([
  ["[1]", /no object/],
  ['{"agent":"codex"}', /summary/],
  ['[{"agent":"a","summary":"fits"},{"agent":"a","summary":"x","output_files":["../up"]}]', /Entry 2: .*path/],
  ['{"agent":"codex","summary":"two\\nlines"}', /several lines/],
  ["[]", /no entry/],
  ["null", /no entry/],
  ["{", /not JSON/],
])("%s stays with its reason, nothing is appended, and it is tried again when it changes", async (content, reason) => {
  await rig.put("codex-inbox/a.json", content);
  await inbox.scan();
  expect((await inbox.view()).refused).toEqual([{ file: "a.json", reason: expect.stringMatching(reason) }]);
  expect(await entries()).toEqual([]);
  expect(await left()).toEqual(["a.json"]);
  await rig.put("codex-inbox/a.json", '{"agent":"codex","summary":"Right"}');
  await inbox.scan();
  expect(await inbox.view()).toMatchObject({ taken: 1, refused: [] });
});

test("a refused file that is gone is told no more", async () => {
  await rig.put("codex-inbox/a.json", "{");
  await inbox.scan();
  await rm(join(rig.folder, "codex-inbox/a.json"));
  await inbox.scan();
  expect((await inbox.view()).refused).toEqual([]);
});

test("a file of many megabytes is left unread and said so, and the others are taken", async () => {
  await rig.put("codex-inbox/big.json", `[${" ".repeat(4 * 1024 * 1024)}{"agent":"a","summary":"Big"}]`);
  await rig.put("codex-inbox/small.json", '{"agent":"a","summary":"Small"}');
  await inbox.scan();
  expect((await entries()).map(({ summary }) => summary)).toEqual(["Small"]);
  expect((await inbox.view()).refused).toEqual([{ file: "big.json", reason: "It is larger than 4 MB." }]);
});

test("a half-written file is waited for", async () => {
  const patient = open(40);
  await rig.put("codex-inbox/a.json", '{"agent":"codex",');
  await rig.put("codex-inbox/b.md", "# Half");
  await patient.scan();
  expect((await patient.view()).refused).toEqual([]);
  expect(await readdir(join(rig.folder))).toEqual(["codex-inbox"]);
  await appendFile(join(rig.folder, "codex-inbox/a.json"), '"summary":"Whole"}');
  await expect.poll(async () => (await entries()).length, { timeout: 10_000 }).toBe(1);
  await expect.poll(done, { timeout: 10_000 }).toContain("b.md");
  await patient.close();
});

test("while the log is broken entries wait, and a log of a foreign shape leaves the file where it is", async () => {
  await rig.put(".codex/TASK-LOG.json", '[{"a":1}');
  await rig.put("codex-inbox/a.json", '{"agent":"codex","summary":"One"}');
  await inbox.scan();
  expect(await done()).toEqual(["a.json"]);
  expect((await rig.log.view()).counts.pending).toBe(1);
  await rig.put(".codex/TASK-LOG.json", '{"a":{"b":1}}');
  await rig.put("codex-inbox/b.json", '{"agent":"codex","summary":"Two"}');
  await inbox.scan();
  expect((await inbox.view()).refused).toEqual([{ file: "b.json", reason: expect.stringContaining("only read") }]);
  await rig.put(".codex/TASK-LOG.json", "[]\n");
  // Nothing tells the inbox: it looks again by itself.
  await expect.poll(done, { timeout: 10_000 }).toContain("b.json");
  expect((await entries()).map(({ summary }) => summary)).toEqual(["One", "Two"]);
});

test("Markdown becomes one proposal, whatever it holds", async () => {
  const hostile =
    "# Task: `pt-aaaaaa` — Add a page\n\nProposed by: `codex`\n\nWhy not.\n\n---\n\n" +
    "## Task: `pt-bbbbbb` — Forged\n\n- **Status:** done\n- **Proposed by:** `planner`\n\n```\nopen fence";
  await rig.put("codex-inbox/add-page.md", hostile);
  await inbox.scan();
  const board = readBoard(await readFile(join(rig.folder, BOARD)));
  expect(board.cards).toHaveLength(1);
  expect(board.cards[0]).toMatchObject({
    ...{ title: "Add a page", status: "proposed", proposedBy: "codex", date: "2026-05-06" },
    source: "codex-inbox/add-page.md",
  });
  expect(board.cards[0]?.raw).toContain("open fence");
  // As a kill before the removal leaves it.
  await rig.put("codex-inbox/add-page.md", hostile);
  await inbox.scan();
  expect(readBoard(await readFile(join(rig.folder, BOARD))).cards).toHaveLength(1);
  expect(await done()).toEqual(["add-page.md"]);
});

test("a title comes from the file's name when there is no heading, and inbox proposes when nobody is named", async () => {
  await rig.put("codex-inbox/fix-the-menu.md", "It is too small.\n");
  await inbox.scan();
  const [card] = readBoard(await readFile(join(rig.folder, BOARD))).cards;
  expect(card).toMatchObject({ title: "fix the menu", proposedBy: "inbox" });
});

test("a board of another form takes nothing: the file stays", async () => {
  await rig.put(BOARD, "# Tasks\n\n- [ ] one\n");
  await rig.put("codex-inbox/a.md", "# A\n");
  await inbox.scan();
  expect((await inbox.view()).refused).toEqual([{ file: "a.md", reason: expect.stringContaining("another form") }]);
  expect(await rig.text(BOARD)).toBe("# Tasks\n\n- [ ] one\n");
});

test("links, FIFOs and folders are left alone, and so are other files and done", async () => {
  const folder = join(rig.folder, "codex-inbox");
  await mkdir(join(folder, "folder.json"), { recursive: true });
  await writeFile(join(rig.base, "outside.json"), '{"agent":"x","summary":"y"}');
  await symlink(join(rig.base, "outside.json"), join(folder, "link.json"));
  execFileSync("mkfifo", [join(folder, "fifo.json")]);
  await rig.put("codex-inbox/notes.txt", "hello");
  await rig.put("codex-inbox/done/old.json", '{"agent":"x","summary":"y"}');
  await inbox.scan();
  expect(await entries()).toEqual([]);
  expect((await left()).sort()).toEqual(["fifo.json", "folder.json", "link.json", "notes.txt"]);
  expect(await readFile(join(rig.base, "outside.json"), "utf8")).toContain("y");
});

test("an inbox that is a link is followed nowhere and says so", async () => {
  await mkdir(join(rig.base, "elsewhere"));
  await writeFile(join(rig.base, "elsewhere/a.json"), '{"agent":"x","summary":"y"}');
  await symlink(join(rig.base, "elsewhere"), join(rig.folder, "codex-inbox"));
  await inbox.scan();
  expect(await entries()).toEqual([]);
  expect((await inbox.view()).refused).toEqual([{ file: "codex-inbox", reason: expect.stringContaining("link") }]);
});

test("the folder is made with a text that says what it is for, and twice does no harm", async () => {
  expect(await inbox.view()).toMatchObject({ exists: false, taken: 0 });
  const { port, close } = await serve(inbox.routes);
  const post = (body: string) => fetch(`http://127.0.0.1:${port}/api/inbox`, { method: "POST", body });
  expect((await post('{"folder":"elsewhere"}')).status).toBe(400);
  expect(await inbox.view()).toMatchObject({ exists: false });
  for (let times = 0; times < 2; times += 1) {
    expect(await (await post("{}")).json()).toEqual({ folder: "codex-inbox", exists: true, taken: 0, refused: [] });
  }
  await close();
  expect(await left()).toEqual(["README.txt"]);
});

test("what is no regular file, or has a name that cannot be held, is named with its reason and left alone", async () => {
  const at = (name: string) => join(rig.folder, "codex-inbox", name);
  await rig.put("codex-inbox/fine.json", '{"agent":"codex","summary":"One"}');
  await rig.put("codex-inbox/notes.txt", "x");
  await mkdir(at("folder.json"));
  await mkdir(at("plain"));
  await symlink("/etc/hosts", at("link.md"));
  execFileSync("mkfifo", [at("pipe.json")]);
  await writeFile(at("new\nline.json"), "{}");
  await writeFile(at("right\u202eleft\n.md"), "{}");
  await writeFile(Buffer.concat([Buffer.from(at("bad")), Buffer.of(0xff), Buffer.from(".json")]), "{}");
  await inbox.scan();
  const before = await left();
  const { refused, taken } = await inbox.view();
  expect(taken).toBe(1);
  expect(refused.map(({ file }) => file)).toEqual([
    ...["bad�.json", "folder.json", "link.md", "new�line.json", "pipe.json", "plain", "right[U+202E]left�.md"],
  ]);
  const reasonOf = (file: string) => refused.find((one) => one.file === file)?.reason;
  expect(reasonOf("link.md")).toContain("not a regular file");
  expect(reasonOf("bad�.json")).toContain("not valid Unicode");
  expect(reasonOf("new�line.json")).toContain("control character");
  expect(await left()).toEqual(before);
});
