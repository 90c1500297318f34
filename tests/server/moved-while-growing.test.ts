/** A conversation's file or its folder gets another name while Folio writes an answer into it. */
import { readdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConversationPage } from "../../shared/chat.ts";
import { type PageClient, textOf } from "../program/page-client.ts";
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

async function growing() {
  const sent = await page.create("a question", { providerId, model: "fault:never-ends" });
  const { file } = await page.view(sent.conversationId);
  await textWith(file, "a question");
  return { ...sent, file };
}

const filesBelow = async (): Promise<string[]> =>
  (await readdir(places.folder, { recursive: true })).filter((name) => name.endsWith(".chat.md"));

const otherNames: readonly [what: string, move: (file: string) => Promise<string>][] = [
  [
    "file",
    async (file) => {
      const other = join(dirname(file), "another name.chat.md");
      await rename(file, other);
      return other;
    },
  ],
  [
    "folder",
    async (file) => {
      const folder = join(dirname(dirname(file)), "another year");
      await rename(dirname(file), folder);
      return file.replace(dirname(file), folder);
    },
  ],
];

it.each(otherNames)("goes on in it, and makes no second one at the old place: the %s", async (_, move) => {
  const { conversationId, messageId, runId, file } = await growing();
  // With what the answer has gained in the file's place, at once after the move and some time after it.
  await page.grown(conversationId, messageId, "token 5 ");
  const other = await move(file);
  await expect.poll(async () => (await page.view(conversationId)).file).toBe(other);
  await textWith(other, "token 5 ");
  await page.json("POST", `/api/runs/${runId}/stop`, {});
  const answer = await page.ended(conversationId, messageId);
  await textWith(other, "status=stopped", textOf(answer).trimEnd());
  expect(await filesBelow()).toEqual([other.slice(places.folder.length + 1)]);
  const { conversations } = await page.json<ConversationPage>("GET", "/api/conversations");
  expect(conversations.map(({ id }) => id)).toEqual([conversationId]);
});

it("goes on in it when the answer ends in the same moment", async () => {
  const { conversationId, messageId, runId, file } = await growing();
  await page.grown(conversationId, messageId, "token 5 ");
  const other = join(dirname(file), "another name.chat.md");
  const [answer] = await Promise.all([
    page.json("POST", `/api/runs/${runId}/stop`, {}).then(() => page.ended(conversationId, messageId)),
    rename(file, other),
  ]);
  await textWith(other, "status=stopped", textOf(answer).trimEnd());
  await expect.poll(async () => (await page.view(conversationId)).file).toBe(other);
  expect(await filesBelow()).toEqual([other.slice(places.folder.length + 1)]);
});

it("is found under its new name after a crash", async () => {
  const { conversationId, messageId, file } = await growing();
  const other = join(dirname(file), "another name.chat.md");
  await rename(file, other);
  await expect.poll(async () => (await page.view(conversationId)).file).toBe(other);
  await page.grown(conversationId, messageId, "token 50 ");
  await writtenBelow(places.data, "token 50 ");
  await folio.stop("SIGKILL");
  folio = await RunningFolio.start(places, { port: folio.port });
  const answer = textOf(await page.ended(conversationId, messageId));
  expect(answer).toContain("token 1 token 2 ");
  expect(answer).toContain("token 49 token 50 ");
  await textWith(other, "status=interrupted", answer.trimEnd());
  expect(await filesBelow()).toEqual([other.slice(places.folder.length + 1)]);
  expect(await readFile(other, "utf8")).toContain("a question");
});

it.each(["SIGTERM", "SIGKILL"] as const)(
  "has its id in the list when it is renamed while Folio is away: %s",
  async (signal) => {
    const { conversationId, messageId, file } = await growing();
    await page.grown(conversationId, messageId, "token 50 ");
    await writtenBelow(places.data, "token 50 ");
    await textWith(file, "status=streaming", "token 1 ");
    await folio.stop(signal);
    // Before the old name in the order of a folder's names.
    const other = join(dirname(file), "0 another name.chat.md");
    await rename(file, other);
    folio = await RunningFolio.start(places, { port: folio.port });
    await textWith(other, "status=interrupted");
    await expect.poll(async () => (await page.view(conversationId)).file).toBe(other);
    const { conversations } = await page.json<ConversationPage>("GET", "/api/conversations");
    expect(conversations.map(({ id, path }) => [id, path])).toEqual([
      [conversationId, other.slice(places.folder.length + 1)],
    ]);
    expect(await filesBelow()).toEqual([other.slice(places.folder.length + 1)]);
  },
);
