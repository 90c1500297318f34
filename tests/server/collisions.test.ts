import { appendFile, mkdir, readdir, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConversationPage } from "../../shared/chat.ts";
import { newId, type PageClient, pause, textOf } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, writtenBelow } from "../program/until.ts";
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

const stop = (runId: string): Promise<unknown> => page.json("POST", `/api/runs/${runId}/stop`, {});

/** A finished question and answer, and a second answer that grows without an end. */
async function growing() {
  const first = await page.create("the first question", { providerId, model: "fault:echo" });
  await page.ended(first.conversationId, first.messageId);
  const body = {
    messageId: newId(),
    parent: first.messageId,
    text: "count",
    providerId,
    model: "fault:slow:1000000:20",
  };
  const run = await page.json<typeof first>("POST", `/api/conversations/${first.conversationId}/messages`, body);
  const { file } = await page.view(first.conversationId);
  await textWith(file, "the first question", "count");
  await page.grown(first.conversationId, run.messageId, "token 3 ");
  return { ...run, file };
}

it("waits for an editor that empties the file before it fills it, and keeps both its text and ours", async () => {
  const { conversationId, messageId, runId, file } = await growing();
  const text = (await readFile(file, "utf8")).replace("\n\nthe first question", "\n\nthe edited question");
  await truncate(file, 0);
  await appendFile(file, text.slice(0, 60));
  await pause(80);
  await appendFile(file, text.slice(60));
  await expect.poll(async () => textOf((await page.view(conversationId)).messages[0])).toBe("the edited question");
  await stop(runId);
  const answer = await page.ended(conversationId, messageId);
  const whole = await textWith(file, "the edited question", "status=stopped", "token 1 ");
  expect(whole.match(/role=user/g)).toHaveLength(2);
  expect(textOf(answer)).toContain("token 1 ");
});

it("keeps the file beside it when somebody really takes messages out while an answer grows", async () => {
  const { runId, file } = await growing();
  await writeFile(
    file,
    "---\nformat: chat.md/1\n---\n### You <!-- message id=only parent=root role=user -->\n\nall new\n\n",
  );
  await textWith(file, "all new", "token 1 ");
  await stop(runId);
  const names = await readdir(dirname(file));
  const copy = names.find((name) => name.includes("(before "));
  expect(await readFile(join(dirname(file), copy ?? "no copy"), "utf8")).toContain("the first question");
});

it("holds an answer back while a merge conflict stands in its file, and puts it in when that is resolved", async () => {
  const { conversationId, messageId, runId, file } = await growing();
  const text = await readFile(file, "utf8");
  const marked = text.replace(/(### Assistant)/, "<<<<<<< ours\n$1").concat("=======\n>>>>>>> theirs\n");
  await writeFile(`${file}.merge`, marked);
  await rename(`${file}.merge`, file);
  await expect.poll(async () => (await page.view(conversationId)).readOnly).toBe("conflict");
  const reader = page.events([`conversation:${conversationId}`]);
  await reader.opened();
  await stop(runId);
  await reader.waitFor("run-ended", (event) => event.messageId === messageId);
  reader.close();
  await pause(500);
  expect(await readFile(file, "utf8")).toBe(marked);
  await writeFile(`${file}.resolved`, text);
  await rename(`${file}.resolved`, file);
  expect(await textWith(file, "status=stopped")).toContain("token 3 ");
});

it("holds it back over a crash too", async () => {
  const { conversationId, messageId, file } = await growing();
  await writtenBelow(places.data, "token 3 ");
  await folio.stop("SIGKILL");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/(### Assistant)/, "<<<<<<< ours\n$1").concat("=======\n>>>>>>> theirs\n"));
  folio = await RunningFolio.start(places, { port: folio.port });
  await expect.poll(async () => (await page.view(conversationId)).readOnly).toBe("conflict");
  await writeFile(`${file}.resolved`, text);
  await rename(`${file}.resolved`, file);
  const whole = await textWith(file, "status=interrupted", "token 1 token 2 token 3 ");
  expect(whole).not.toContain("theirs");
  expect((await page.ended(conversationId, messageId)).status).toBe("interrupted");
});

it("finds a file that was renamed after a crash, and puts in what the journal has", async () => {
  const { conversationId, messageId, file } = await growing();
  await writtenBelow(places.data, "token 20 ");
  await folio.stop("SIGKILL");
  const renamed = join(dirname(file), "renamed.chat.md");
  await rename(file, renamed);
  folio = await RunningFolio.start(places, { port: folio.port });
  await textWith(renamed, "status=interrupted", "token 20 ");
  await expect.poll(async () => (await page.view(conversationId)).file).toBe(renamed);
  expect(textOf(await page.ended(conversationId, messageId))).toContain("token 20 ");
});

it("sends once what is sent twice at the same moment", async () => {
  const create = { id: newId(), messageId: newId(), text: "once", providerId, model: "fault:echo" };
  const created = await Promise.all(
    [1, 2, 3].map(() => page.json<{ messageId: string }>("POST", "/api/conversations", create)),
  );
  expect(new Set(created.map(({ messageId }) => messageId)).size).toBe(1);
  const parent = created[0]?.messageId ?? "";
  await page.ended(create.id, parent);
  const body = { messageId: newId(), parent, text: "again", providerId, model: "fault:echo" };
  const sent = await Promise.all(
    [1, 2, 3].map(() => page.json<{ messageId: string }>("POST", `/api/conversations/${create.id}/messages`, body)),
  );
  expect(new Set(sent.map(({ messageId }) => messageId)).size).toBe(1);
  expect((await page.view(create.id)).messageCount).toBe(4);
});

it("does not bring a deleted conversation back after a crash", async () => {
  const sent = await page.create("delete me", { providerId, model: "fault:echo" });
  await page.ended(sent.conversationId, sent.messageId);
  await page.json("DELETE", `/api/conversations/${sent.conversationId}`, {});
  await folio.stop("SIGKILL");
  folio = await RunningFolio.start(places, { port: folio.port });
  await pause(500);
  expect((await page.json<{ total: number }>("GET", "/api/conversations")).total).toBe(0);
});

it("lists a file of nothing but headings by its name, and goes on with all others", async () => {
  const folder = join(places.folder, "conversations");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "headings.chat.md"), "###  <!-- message -->\n".repeat(150_000));
  await writeFile(join(folder, "fine.chat.md"), "### You <!-- message role=user -->\n\nhello\n\n");
  await folio.stop();
  folio = await RunningFolio.start(places, { port: folio.port });
  await expect
    .poll(async () => {
      const { conversations } = await page.json<ConversationPage>("GET", "/api/conversations");
      return conversations.map(({ title, readOnly }) => `${title} ${readOnly ?? ""}`).sort();
    })
    .toEqual(["headings unreadable", "hello "]);
});
