import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { ConflictResolved, ConflictView } from "../../shared/conflicts.ts";
import { newId, type PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, until } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let file: string;

const id = "7k2m9qd4xa";
const front = (...lines: string[]) =>
  `---\nformat: chat.md/1\nid: ${id}\n${lines.map((line) => `${line}\n`).join("")}---\n`;
const turn = (messageId: string, parent: string, text: string) =>
  `### You <!-- message id=${messageId} parent=${parent} role=user -->\n\n${text}\n\n`;
const base = front("title: T") + turn("a", "root", "one") + turn("b", "a", "two");
const ours = base.replace("\n\ntwo\n", "\n\nour two\n") + turn("c", "b", "ours");
const theirs = base.replace("\n\ntwo\n", "\n\ntheir two\n") + turn("d", "b", "theirs") + turn("e", "d", "more");
const hunk = (our: string, their: string) => `<<<<<<< HEAD\n${our}=======\n${their}>>>>>>> laptop\n`;
const marked =
  front("title: T") +
  turn("a", "root", "one") +
  hunk(turn("b", "a", "our two") + turn("c", "b", "ours"), theirs.slice(theirs.indexOf("### You <!-- message id=b")));

beforeEach(async () => {
  upstream = await startFaultServer();
  places = await makePlaces();
  file = join(places.folder, "conversations", "a.chat.md");
  await mkdir(dirname(file), { recursive: true });
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
});

afterEach(async () => {
  await folio.stop("SIGKILL");
  await upstream.close();
  await removePlaces(places);
});

const save = async (text: string, path = file): Promise<void> => {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
};
const read = () => readFile(file, "utf8");
const conflictOf = (conversation = id) => page.json<ConflictView>("GET", `/api/conversations/${conversation}/conflict`);
const resolve = (body: unknown, conversation = id) =>
  page.send("POST", `/api/conversations/${conversation}/resolve`, body);

async function conflicted(text = marked, conversation = id): Promise<ConflictView> {
  await save(text);
  let last: unknown;
  await until(
    "the conflict on the page",
    async () => {
      last = await page.view(conversation);
      return (last as { readOnly?: string }).readOnly === "conflict" ? true : undefined;
    },
    () => last,
  );
  return conflictOf(conversation);
}

async function splitOf(found: ConflictView) {
  if (found.outcome !== "split") throw new Error(`The conflict is ${found.outcome}.`);
  return found;
}

async function filesInTrash(): Promise<readonly string[]> {
  const entries = await readdir(places.data, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.parentPath.includes("trash"));
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "utf8")));
}

it("says what each side has, unites both, and keeps the marked file", async () => {
  const found = await splitOf(await conflicted());
  expect(found).toMatchObject({
    ours: { name: "HEAD", messages: 1, title: "T" },
    theirs: { name: "laptop", messages: 2, title: "T" },
    changedOnBoth: [{ id: "b", ours: "our two", theirs: "their two" }],
    changedOnBothCount: 1,
  });
  const reader = page.events([`conversation:${id}`]);
  await reader.opened();
  expect((await resolve({ keep: "both", base: found.base })).status).toBe(200);
  await reader.waitFor("conversation-reloaded", ({ reason }) => reason === "merged");
  reader.close();
  const { messages, problems, path } = parseConversation(await readFile(file));
  expect(messages.map(({ text }) => text)).toEqual(["one", "our two", "ours", "their two", "theirs", "more"]);
  expect([problems, path]).toEqual([[], ["a", "b", "c"]]);
  expect((await page.view(id)).readOnly).toBeUndefined();
  expect(await filesInTrash()).toEqual([marked]);
  expect(await conflictOf()).toEqual({ outcome: "none" });
});

it("puts the marked file back byte for byte, but not over what was written since", async () => {
  const { base: revision } = await splitOf(await conflicted());
  const undo = (body: unknown) => page.send("POST", `/api/conversations/${id}/resolve/undo`, body);
  const settled = (await (await resolve({ keep: "ours", base: revision })).json()) as ConflictResolved;
  expect((await undo({ kept: settled.kept, base: settled.revision })).status).toBe(200);
  expect(await read()).toBe(marked);
  expect((await page.view(id)).readOnly).toBe("conflict");
  expect(await filesInTrash()).toEqual([]);
  expect((await undo({ kept: settled.kept, base: settled.revision })).status).toBe(404);
  const again = (await (await resolve({ keep: "both", base: revision })).json()) as ConflictResolved;
  await page.json("PATCH", `/api/conversations/${id}`, { title: "Since then", baseTitle: "T" });
  await textWith(file, "Since then");
  expect((await undo({ kept: again.kept, base: again.revision })).status).toBe(409);
  expect(await filesInTrash()).toEqual([marked]);
});

it.each([
  { keep: "ours", wanted: ours },
  { keep: "theirs", wanted: theirs },
])("keeps $keep as git had it, byte for byte", async ({ keep, wanted }) => {
  const { base: revision } = await splitOf(await conflicted());
  expect((await resolve({ keep, base: revision })).status).toBe(200);
  expect(await read()).toBe(wanted);
});

it("changes nothing when the file was changed meanwhile, and says what to do", async () => {
  const { base: revision } = await splitOf(await conflicted());
  const later = marked.replace("our two", "our two again");
  await save(later);
  const refused = await resolve({ keep: "both", base: revision });
  expect([refused.status, await refused.json()]).toMatchObject([409, { code: "stale" }]);
  expect(await read()).toBe(later);
  expect(await filesInTrash()).toEqual([]);
});

it("leaves a file whose markers cannot be told apart as it is", async () => {
  const odd = marked.replace("=======\n", "<<<<<<< HEAD\n=======\n");
  const found = await conflicted(odd);
  const lines = odd.split("\n");
  const marks = lines.flatMap((line, at) => (/^[<=>]{7}/.test(line) ? [at + 1] : []));
  const line = lines.lastIndexOf("<<<<<<< HEAD") + 1;
  expect(found).toMatchObject({ outcome: "unclear", line, canBeText: true });
  expect(found).toHaveProperty("marks", marks);
  const base = (found as { base: string }).base;
  const refused = await resolve({ keep: "both", base });
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { detail: expect.stringContaining(`line ${line}`) },
  ]);
  expect(await read()).toBe(odd);
});

it("keeps as text what is no merge, and the conversation can be gone on with", async () => {
  const texts = ["one", "see\n<<<<<<< HEAD\nfoo\n=======\nbar", "and\n>>>>>>> main\nwhat?"];
  const text =
    front("title: T") + texts.map((each, at) => turn(`m${at}`, at === 0 ? "root" : `m${at - 1}`, each)).join("");
  const { base: revision } = await splitOf(await conflicted(text));
  expect((await resolve({ keep: "text", base: revision })).status).toBe(200);
  const view = await page.view(id);
  expect(view.readOnly).toBeUndefined();
  expect(view.messages.map(({ parts }) => parts[0]?.text)).toEqual(texts);
  expect(await filesInTrash()).toEqual([text]);
});

it("puts an answer that was held back into the united file", async () => {
  const providerId = await page.addProvider(upstream.baseUrl);
  const first = await page.create("the question", { providerId, model: "fault:echo" });
  await page.ended(first.conversationId, first.messageId);
  const choice = { providerId, model: "fault:slow:1000000:20" };
  const body = { messageId: newId(), parent: first.messageId, text: "count", ...choice };
  const at = `/api/conversations/${first.conversationId}`;
  const run = await page.json<typeof first>("POST", `${at}/messages`, body);
  ({ file } = await page.view(first.conversationId));
  await textWith(file, "count");
  await page.grown(first.conversationId, run.messageId, "token 3 ");
  const end = (text: string) =>
    `### You <!-- message id=${text} parent=${first.messageId} role=user -->\n\n${text}\n\n`;
  const found = await conflicted((await read()) + hunk(end("mine"), end("yours")), first.conversationId);
  await page.json("POST", `/api/runs/${run.runId}/stop`, {});
  const { base: revision } = await splitOf(found);
  expect((await resolve({ keep: "both", base: revision }, first.conversationId)).status).toBe(200);
  const whole = await textWith(file, "status=stopped", "token 3 ", "\n\nmine\n", "\n\nyours\n");
  expect(whole).not.toContain("<<<<<<<");
});

it("takes out of a conflict in style diff3 what one side took out, and keeps it where no mark says that it was there", async () => {
  const path = file;
  const markedFile = (was: string) =>
    front("title: T") +
    turn("a", "root", "one") +
    `<<<<<<< HEAD\n${turn("x", "a", "taken out by them")}${turn("c", "a", "ours")}${was}=======\n${turn("d", "a", "theirs")}>>>>>>> laptop\n`;
  const united = async (text: string) => {
    const { base: revision } = await splitOf(await conflicted(text));
    expect((await resolve({ keep: "both", base: revision })).status).toBe(200);
    return parseConversation(await readFile(path)).messages.map((message) => message.text);
  };
  expect(await united(markedFile(`||||||| 123abc\n${turn("x", "a", "taken out by them")}`))).toEqual([
    "one",
    "ours",
    "theirs",
  ]);
  expect(await united(markedFile(""))).toEqual(["one", "taken out by them", "ours", "theirs"]);
});

it.each(["diff3", "zdiff3"])(
  "unites what a real merge of git in style %s leaves, without what one side took out",
  async (style) => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...args], {
        cwd: places.folder,
        env: { PATH: process.env["PATH"], HOME: places.base, GIT_CONFIG_NOSYSTEM: "1" },
        stdio: "pipe",
      });
    const gone = turn("x", "root", "taken out by them");
    const before = base.replace("### You", `${gone}### You`);
    const commit = async (text: string, word: string) => {
      await save(text);
      git("add", ".");
      git("commit", "-qm", word);
    };
    git("init", "-q", "-b", "main");
    await commit(before, "base");
    git("checkout", "-qb", "laptop");
    await commit(base.replace("title: T", "title: Theirs") + turn("d", "b", "equal\n\ntheirs"), "theirs");
    git("checkout", "-q", "main");
    await commit(before.replace("title: T", "title: Ours") + turn("c", "b", "equal\n\nours"), "ours");
    expect(() => git("-c", `merge.conflictStyle=${style}`, "merge", "-q", "laptop")).toThrow("Command failed");
    const found = await conflicted(await read());
    const { base: revision, ours: our, theirs: their } = await splitOf(found);
    expect([our, their]).toMatchObject([
      { title: "Ours", messages: 1 },
      { title: "Theirs", messages: 1 },
    ]);
    expect((await resolve({ keep: "both", base: revision })).status).toBe(200);
    const { messages, front: keys, problems } = parseConversation(await readFile(file));
    expect(messages.map(({ text }) => text)).toEqual(["one", "two", "equal\n\nours", "equal\n\ntheirs"]);
    expect([keys.get("title"), keys.get("other-title")]).toEqual(["Ours", "Theirs"]);
    expect(problems).toEqual([]);
  },
);
