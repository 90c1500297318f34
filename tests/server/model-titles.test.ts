import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConversationPage } from "../../shared/chat.ts";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

const environment = { FOLIO_MODEL_TITLES: "on", FOLIO_LOG_LEVEL: "debug" };

let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let page: PageClient;
let providerId: string;

beforeEach(async () => {
  upstream = await startFaultServer();
  places = await makePlaces();
  folio = await RunningFolio.start(places, { environment });
  page = await folio.signIn();
  providerId = await page.addProvider(upstream.baseUrl);
});

afterEach(async () => {
  await folio.stop("SIGKILL");
  await upstream.close();
  await removePlaces(places);
});

const asked = () => upstream.requests.filter(({ path }) => path.endsWith("/chat/completions"));
const list = () => page.json<ConversationPage>("GET", "/api/conversations");

async function answered(text: string, model: string): Promise<{ readonly id: string; readonly answerId: string }> {
  const sent = await page.create(text, { providerId, model });
  await page.ended(sent.conversationId, sent.messageId);
  return { id: sent.conversationId, answerId: sent.messageId };
}

it("takes the title that the model gives after its first answer, once, into the file and the list", async () => {
  const { id, answerId } = await answered("a first line that is long", "fault:fine");
  await expect.poll(async () => (await page.view(id)).title).toBe("Good morning");
  await textWith((await page.view(id)).file, "title: Good morning\n");
  expect((await list()).conversations[0]?.title).toBe("Good morning");
  const body = { messageId: "0000000001", parent: answerId, text: "and more", providerId, model: "fault:fine" };
  const next = await page.json<{ messageId: string }>("POST", `/api/conversations/${id}/messages`, body);
  await page.ended(id, next.messageId);
  expect(asked()).toHaveLength(3);
});

it("leaves the first line as it is when the model says something else than a title", async () => {
  const { id } = await answered("a first line", "fault:echo");
  await expect.poll(() => folio.output()).toContain("no usable title");
  expect((await page.view(id)).title).toBe("a first line");
});

it("leaves the first line as it is when the answer failed, without asking", async () => {
  const { id } = await answered("a first line", "fault:500");
  const count = asked().length;
  await answered("another line", "fault:fine");
  await expect.poll(async () => (await list()).conversations.map(({ title }) => title)).toContain("Good morning");
  expect([asked().length - count, (await page.view(id)).title]).toEqual([2, "a first line"]);
});

it("never puts it over a title that somebody gave", async () => {
  const { id } = await answered("a first line", "fault:slow:3:300");
  await page.json("PATCH", `/api/conversations/${id}`, { title: "Mine", baseTitle: "a first line" });
  await expect.poll(() => asked().length).toBe(2);
  await asked()[1]?.closed;
  const { file } = await page.view(id);
  expect(await folio.stop()).toBe(0);
  await textWith(file, "title: Mine\n");
});

it("does not bring back a conversation that was deleted meanwhile", async () => {
  const { id } = await answered("a first line", "fault:slow:3:1500");
  await expect.poll(() => asked().length).toBe(2);
  await page.json("DELETE", `/api/conversations/${id}`, {});
  await asked()[1]?.closed;
  await folio.stop("SIGKILL");
  folio = await RunningFolio.start(places, { port: folio.port, environment });
  expect((await list()).total).toBe(0);
});
