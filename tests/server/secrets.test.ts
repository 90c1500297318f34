import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { canaryKey } from "../program/no-leak.ts";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

let places: Places;
let folio: RunningFolio;
let page: PageClient;
let upstream: FaultServer;
const canary = "canary-4f1e9c2d7b";

beforeAll(async () => {
  places = await makePlaces();
  upstream = await startFaultServer();
  const environment = {
    OPENAI_API_KEY: `${canary}-environment`,
    OPENAI_BASE_URL: upstream.baseUrl,
    FOLIO_LOG_LEVEL: "debug",
  };
  folio = await RunningFolio.start(places, { environment });
  page = await folio.signIn();
});

afterAll(async () => {
  await folio?.stop();
  await upstream?.close();
  await removePlaces(places);
});

it("never shows a key again: not in answers, events, files, logs or the data directory", async () => {
  const key = `${canary}-page-key`;
  const added = await page.json<{ id: string }>("POST", "/api/providers", {
    baseUrl: upstream.baseUrl,
    key,
    name: "Canary",
  });
  const reader = page.events(["workspace"]);
  const sent = await page.create("hello", { providerId: added.id, model: "fault:401-echo" });
  await page.ended(sent.conversationId, sent.messageId);
  const seen = [
    JSON.stringify(await page.json("GET", "/api/providers")),
    JSON.stringify(await page.json("GET", "/api/session")),
    JSON.stringify(await page.view(sent.conversationId)),
    JSON.stringify(reader.events),
    ...(await textsBelow(places.folder)),
    ...(await textsBelow(places.data)),
    ...(await textsBelow(places.config)),
    folio.output(),
  ];
  reader.close();
  const asked = upstream.requests.findLast(({ path }) => path.endsWith("/chat/completions"));
  expect(asked?.headers.authorization).toBe(`Bearer ${key}`);
  for (const text of seen) expect(text).not.toContain(canary);
});

async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  // Locks come and go.
  return Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), "latin1").catch(() => "")));
}

it("sends a provider's key to no other origin", async () => {
  const other = await startFaultServer();
  const before = other.requests.length;
  const id = await page.addProvider(other.baseUrl);
  const sent = await page.create("hello", { providerId: id, model: "fault:fine" });
  await page.ended(sent.conversationId, sent.messageId);
  for (const { headers } of other.requests.slice(before)) expect(headers.authorization).not.toContain(canary);
  await other.close();
});

it.each([
  "http://127.0.0.1:1/x.png",
  "http://169.254.169.254/latest",
  "http://[::1]/x",
  "file:///etc/passwd",
  "http://localhost/x",
  "data:image/png;base64,AA",
])("fetches no picture from here or from the local network: %s", async (url) => {
  const response = await page.send("POST", "/api/images", { url });
  expect([response.status, (await response.json()).code]).toEqual([422, "upstream"]);
});

it("notes sign-ins, keys and refused requests in an audit log, without a secret", async () => {
  await page.send("POST", "/api/session", { launch: "wrong" });
  await page.send("POST", "/api/images", { url: "http://127.0.0.1:1/x.png" });
  const wanted = ["signed-in", "key-saved", "sign-in-refused", "request-refused"];
  await expect
    .poll(async () => {
      const texts = await textsBelow(places.data);
      const audit = texts.find((text) => text.includes('"type":"signed-in"')) ?? "";
      return wanted.filter((type) => audit.includes(`"type":"${type}"`));
    })
    .toEqual(wanted);
});

it("would see a key in what a program wrote, as every test that ends looks for one", async () => {
  const other = await makePlaces();
  await mkdir(other.folder, { recursive: true });
  await writeFile(join(other.folder, "leak.md"), `the key is ${canaryKey}`);
  await expect(removePlaces(other)).rejects.toThrow("leak.md holds a key");
  await rm(other.base, { recursive: true });
});
