import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConversationPage } from "../../shared/chat.ts";
import type { Notice } from "../../shared/events.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, until } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

const PRD = ".codex/PRD.md";

let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;

beforeEach(async () => {
  upstream = await startFaultServer();
  places = await makePlaces();
  await mkdir(join(places.folder, ".codex"), { recursive: true });
  await writeFile(join(places.folder, PRD), "# PRD\n");
  folio = await RunningFolio.start(places);
});

afterEach(async () => {
  await folio.stop("SIGKILL");
  await upstream.close();
  await removePlaces(places);
});

it("makes nothing in the place of a folder that goes away, says so, and writes conversations when it is back", async () => {
  const page = await folio.signIn();
  const providerId = await page.addProvider(upstream.baseUrl);
  const before = await page.create("before", { providerId, model: "fault:echo" });
  await page.ended(before.conversationId, before.messageId);
  const { file } = await page.view(before.conversationId);
  await textWith(file, "Assistant");
  const notices = async () => (await page.json<{ notices: Notice[] }>("GET", "/api/session")).notices;

  await rename(places.folder, `${places.folder}-moved`);
  await until("a notice", async () => (await notices()).find(({ id }) => id === "folder-away"));
  const refused = await page.send("PUT", "/api/documents/content", { path: PRD, text: "# New\n", base: null });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ title: expect.stringContaining("is away") });
  const sent = await page.create("while it is away", { providerId, model: "fault:echo" });
  await page.ended(sent.conversationId, sent.messageId);
  await until("what waits", async () => (await page.view(sent.conversationId)).unwritten || undefined);
  await expect(access(places.folder)).rejects.toMatchObject({ code: "ENOENT" });

  await rename(`${places.folder}-moved`, places.folder);
  await textWith((await page.view(sent.conversationId)).file, "while it is away");
  await until("no notice", async () => ((await notices()).length === 0 ? true : undefined));
  expect(await readFile(join(places.folder, PRD), "utf8")).toBe("# PRD\n");
  const { conversations } = await page.json<ConversationPage>("GET", "/api/conversations");
  expect(conversations.map(({ id }) => id)).toEqual(
    expect.arrayContaining([before.conversationId, sent.conversationId]),
  );
});
