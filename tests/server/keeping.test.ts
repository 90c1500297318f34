import { appendFile, chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConversationPage } from "../../shared/chat.ts";
import { newId, type PageClient, textOf } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, until, writtenBelow } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;

beforeEach(async () => {
  upstream = await startFaultServer();
  places = await makePlaces();
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
});

afterEach(async () => {
  await folio.stop("SIGKILL");
  await upstream.close();
  await removePlaces(places);
});

/** A conversation with one finished answer, in its file. */
async function finished(
  text = "a question",
): Promise<{ readonly id: string; readonly file: string; readonly answerId: string }> {
  const sent = await page.create(text, { providerId, model: "fault:echo" });
  await page.ended(sent.conversationId, sent.messageId);
  const { file } = await page.view(sent.conversationId);
  await until("a file with the whole answer", async () =>
    (await readFile(file, "utf8")).includes("status=streaming") ? undefined : true,
  );
  return { id: sent.conversationId, file, answerId: sent.messageId };
}

async function restart(signal: NodeJS.Signals): Promise<void> {
  const { port } = folio;
  await folio.stop(signal);
  folio = await RunningFolio.start(places, { port });
}

describe("a process that is killed", () => {
  it("keeps of a growing answer what its journal has, soon all that was seen, and shows it as interrupted", async () => {
    const id = newId();
    const reader = page.events([`conversation:${id}`]);
    await reader.opened();
    const sent = await page.create("count", { providerId, model: "fault:never-ends" }, id);
    await reader.waitFor("part-delta", ({ text }) => text.includes("token 80 "));
    // How soon is a number, and numbers are measured in bench/.
    await writtenBelow(places.data, "token 80 ");
    await folio.stop("SIGKILL");
    const seen = reader.events.flatMap(({ event }) => (event.type === "part-delta" ? [event.text] : [])).join("");
    reader.close();
    folio = await RunningFolio.start(places, { port: folio.port });
    const answer = await page.ended(sent.conversationId, sent.messageId);
    expect(answer.status).toBe("interrupted");
    expect(answer.failure?.detail).toContain("kept");
    expect(textOf(answer)).toContain("token 80 ");
    expect(seen.startsWith(textOf(answer)) || textOf(answer).startsWith(seen)).toBe(true);
    const { file } = await page.view(sent.conversationId);
    expect(await textWith(file, "status=interrupted")).toContain("token 1 ");
  });

  it("has every message that it had acknowledged", async () => {
    const sent = [];
    for (let count = 0; count < 20; count += 1)
      sent.push(await page.create(`message ${count}`, { providerId, model: "fault:stall" }));
    await folio.stop("SIGKILL");
    folio = await RunningFolio.start(places, { port: folio.port });
    for (const [count, { conversationId }] of sent.entries()) {
      const view = await page.view(conversationId);
      expect(view.messages[0]?.parts[0]?.text).toBe(`message ${count}`);
      expect(view.messages[1]?.status).toBe("interrupted");
    }
  });

  it("keeps the browser signed in and starts on the folder again", async () => {
    const { id } = await finished();
    await restart("SIGKILL");
    expect((await page.view(id)).messageCount).toBe(2);
  });
});

it("ends with code 0 on SIGTERM, with what was being written kept", async () => {
  const sent = await page.create("count", { providerId, model: "fault:never-ends" });
  const reader = page.events([`conversation:${sent.conversationId}`]);
  await reader.waitFor("part-delta");
  const { file } = await page.view(sent.conversationId);
  expect(await folio.stop("SIGTERM")).toBe(0);
  reader.close();
  expect(await readFile(file, "utf8")).toMatch(/status=interrupted[^]*token 1 /);
});

describe("a change made in an editor", () => {
  it("reaches every page, with the conversation as the file says", async () => {
    const { id, file } = await finished();
    const readers = [page.events(["workspace", `conversation:${id}`]), page.events([`conversation:${id}`])];
    await Promise.all(readers.map((reader) => reader.opened()));
    const text = (await readFile(file, "utf8")).replace("title: a question", "title: Another title");
    await writeFile(`${file}.editor`, `${text}### You <!-- message role=user -->\n\nwritten by hand\n\n`);
    await rename(`${file}.editor`, file);
    await Promise.all(readers.map((reader) => reader.waitFor("conversation-reloaded")));
    await readers[0]?.waitFor("conversation-changed", ({ conversation }) => conversation.title === "Another title");
    const view = await page.view(id);
    for (const reader of readers) reader.close();
    expect(view.title).toBe("Another title");
    expect(view.messages.at(-1)?.parts[0]?.text).toBe("written by hand");
  });

  it("is kept when the page writes at the same time", async () => {
    const { id, file, answerId } = await finished();
    await appendFile(file, "### You <!-- message id=byhand parent=root role=user -->\n\nfrom the editor\n\n");
    const body = { messageId: "0000000001", parent: answerId, text: "from the page", providerId, model: "fault:echo" };
    await page.json("POST", `/api/conversations/${id}/messages`, body);
    const written = await textWith(file, "from the page");
    expect(written).toContain("from the editor");
    await expect.poll(async () => (await page.view(id)).messageCount).toBe(5);
  });

  it("to an answer that is being written stays beside what Folio writes", async () => {
    const sent = await page.create("count", { providerId, model: "fault:slow:1000000:25" });
    const { file } = await page.view(sent.conversationId);
    const text = await textWith(file, "token 1 ");
    await writeFile(file, text.replace("token 1 ", "edited by hand "));
    await page.json("POST", `/api/runs/${sent.runId}/stop`, {});
    await page.ended(sent.conversationId, sent.messageId);
    const whole = await textWith(file, "status=stopped");
    expect(whole).toContain("edited by hand");
    expect(whole).toContain("token 1 ");
  });

  it("that renames or deletes the file is followed", async () => {
    const { id, file } = await finished();
    const list = (): Promise<ConversationPage> => page.json("GET", "/api/conversations");
    const other = join(dirname(file), "renamed by hand.chat.md");
    await rename(file, other);
    await expect.poll(async () => (await list()).conversations[0]?.path).toMatch(/renamed by hand\.chat\.md$/);
    expect((await page.view(id)).file).toBe(other);
    await rm(other);
    await expect.poll(async () => (await list()).total).toBe(0);
    expect((await page.send("GET", `/api/conversations/${id}`)).status).toBe(404);
  });

  it("never rewrites a file that nobody changed in Folio", async () => {
    const odd =
      "no front matter\r\n\r\n### You <!-- message role=user -->\r\n\r\nhello\r\n### A <!-- message role=assistant x=1 -->\nodd";
    await mkdir(join(places.folder, "conversations"), { recursive: true });
    const file = join(places.folder, "conversations", "odd.chat.md");
    await writeFile(file, odd);
    const found = await until(
      "a conversation in the list",
      async () => (await page.json<ConversationPage>("GET", "/api/conversations")).conversations[0],
    );
    expect((await page.view(found.id)).messageCount).toBe(2);
    await restart("SIGTERM");
    await page.view(found.id);
    expect(await readFile(file, "utf8")).toBe(odd);
  });

  it.each([
    [
      "conflict markers",
      "---\nformat: chat.md/1\nid: c0nf11ct00\n---\n<<<<<<< ours\n### You <!-- message role=user -->\n\na\n\n=======\n### You <!-- message role=user -->\n\nb\n\n>>>>>>> theirs\n",
      "conflict",
    ],
    [
      "a later format",
      "---\nformat: chat.md/2\nid: f0rmat0002\n---\n### You <!-- message role=user -->\n\na\n\n",
      "other-format",
    ],
  ])("with %s is shown and can only be read", async (_, text, readOnly) => {
    await mkdir(join(places.folder, "conversations"), { recursive: true });
    const file = join(places.folder, "conversations", "foreign.chat.md");
    await writeFile(file, text);
    const found = await until(
      "a conversation in the list",
      async () => (await page.json<ConversationPage>("GET", "/api/conversations")).conversations[0],
    );
    expect(found.readOnly).toBe(readOnly);
    const body = { messageId: "0000000001", parent: "root", text: "x", providerId, model: "fault:echo" };
    const response = await page.send("POST", `/api/conversations/${found.id}/messages`, body);
    expect([response.status, (await response.json()).code]).toEqual([409, "read-only"]);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it.each([
    ["binary", Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))],
    ["empty", Buffer.from("")],
    ["UTF-16", Buffer.from("\ufeff### You <!-- message role=user -->\n\nhi\n", "utf16le")],
  ])("to something that is no conversation is shown without harm: %s", async (_, bytes) => {
    await mkdir(join(places.folder, "conversations"), { recursive: true });
    await writeFile(join(places.folder, "conversations", "strange.chat.md"), bytes);
    const found = await until(
      "a conversation in the list",
      async () => (await page.json<ConversationPage>("GET", "/api/conversations")).conversations[0],
    );
    expect((await page.view(found.id)).path).toBe("conversations/strange.chat.md");
    expect((await readFile(join(places.folder, "conversations", "strange.chat.md"))).equals(bytes)).toBe(true);
  });
});

describe("a conversation", () => {
  it("can be renamed, and a rename that has not seen another one is refused", async () => {
    const { id, file } = await finished();
    await page.json("PATCH", `/api/conversations/${id}`, { title: "Better", baseTitle: "a question" });
    await textWith(file, "title: Better\n");
    const stale = await page.send("PATCH", `/api/conversations/${id}`, { title: "Mine", baseTitle: "a question" });
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({ code: "stale", facts: { title: "Better" } });
  });

  it("can be deleted and brought back, byte for byte", async () => {
    const { id, file } = await finished();
    const before = await readFile(file);
    const { restore } = await page.json<{ restore: string }>("DELETE", `/api/conversations/${id}`, {});
    await expect(readFile(file)).rejects.toThrow("ENOENT");
    expect((await page.json<ConversationPage>("GET", "/api/conversations")).total).toBe(0);
    await page.json("POST", "/api/conversations/restore", { restore });
    expect((await readFile(file)).equals(before)).toBe(true);
    expect((await page.view(id)).messageCount).toBe(2);
    expect((await page.send("POST", "/api/conversations/restore", { restore })).status).toBe(404);
  });

  it("is in the list again when the index was thrown away", async () => {
    const { id } = await finished("find me again");
    await folio.stop();
    for (const name of await readdir(join(places.data, "workspaces"))) {
      for (const file of await readdir(join(places.data, "workspaces", name))) {
        if (file.startsWith("index.sqlite"))
          await writeFile(join(places.data, "workspaces", name, file), "not a database");
      }
    }
    folio = await RunningFolio.start(places, { port: folio.port });
    const found = await until(
      "a conversation in the list",
      async () => (await page.json<ConversationPage>("GET", "/api/conversations?q=FIND")).conversations[0],
    );
    expect(found.id).toBe(id);
  });
});

it("keeps an answer in the journal while its folder cannot be written, and writes it when it can", async () => {
  const { file } = await finished();
  const folder = dirname(file);
  const reader = page.events(["workspace"]);
  await reader.opened();
  // Root may write anywhere: a file where the folder should be stops even root.
  await rename(folder, `${folder}.away`);
  await writeFile(folder, "in the way");
  const sent = await page.create("while it is gone", { providerId, model: "fault:echo" });
  const notice = await reader.waitFor("notice-raised");
  expect(notice.notice.detail).toContain("safe in Folio's journal");
  expect(textOf(await page.ended(sent.conversationId, sent.messageId))).toBe("while it is gone");
  await rm(folder);
  await rename(`${folder}.away`, folder);
  await reader.waitFor("notice-cleared");
  reader.close();
  await textWith((await page.view(sent.conversationId)).file, "while it is gone");
  await chmod(folder, 0o755);
});
