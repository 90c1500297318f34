/**
 * Takes the pictures of the documentation again: Folio as it is built, with a model server that says what is written in
 * `picture-conversations.ts`. Run it after `npm run build`: `node scripts/run.mjs scripts/take-pictures.ts`.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../tests/e2e/browser.ts";
import { newId, type PageClient } from "../tests/program/page-client.ts";
import { RunningFolio } from "../tests/program/running-folio.ts";
import { answer, earlier, fileOf, model, question } from "./picture-conversations.ts";
import { agentAnswer, goal, studioFiles } from "./picture-studio.ts";

const pictures = join(import.meta.dirname, "..", "docs", "pictures");
const msBetweenWords = 12;

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

interface View {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
  /** What is looked at: an address, and something that is there when it is whole. */
  readonly path: (ids: { readonly conversation: string; readonly run: string }) => string;
  readonly whole: string;
}

const views: readonly View[] = [
  {
    name: "conversation.png",
    viewport: desktop,
    colorScheme: "light",
    path: (ids) => `/c/${ids.conversation}`,
    whole: ".code-key, .code-string",
  },
  {
    name: "conversation-phone-dark.png",
    viewport: phone,
    colorScheme: "dark",
    path: (ids) => `/c/${ids.conversation}`,
    whole: ".code-key, .code-string",
  },
  { name: "studio.png", viewport: desktop, colorScheme: "light", path: () => "/studio", whole: ".run-row, .bar" },
  {
    name: "studio-run-dark.png",
    viewport: desktop,
    colorScheme: "dark",
    path: (ids) => `/studio/documents/.codex/PRD.md?run=${ids.run}`,
    whole: ".diff-row",
  },
  {
    name: "studio-board.png",
    viewport: desktop,
    colorScheme: "light",
    path: () => "/studio/proposals",
    whole: "[data-lane], .lane, .board",
  },
];

async function writeAnswer(response: ServerResponse, answer: string): Promise<void> {
  const frame = (body: object): string => `data: ${JSON.stringify(body)}\n\n`;
  response.writeHead(200, { "content-type": "text/event-stream" });
  const words = answer.match(/\s*\S+\s*/g) ?? [];
  for (const content of words) {
    response.write(frame({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }));
    await new Promise((resolve) => setTimeout(resolve, msBetweenWords));
  }
  const usage = { prompt_tokens: 31, completion_tokens: words.length };
  response.write(frame({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage }));
  response.end("data: [DONE]\n\n");
}

/** Answers what is asked in a conversation with the one answer, and agents with theirs. */
async function startModelServer(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === "/v1/chat/completions") {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => void writeAnswer(response, body.includes(goal) ? agentAnswer : answer));
      return;
    }
    request.resume();
    const data = request.url === "/v1/models" ? [{ id: model, object: "model" }] : [];
    response.writeHead(data.length > 0 ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Asks the question and answers with the conversation's id once the answer is in the file. */
async function askQuestion(client: PageClient, providerId: string): Promise<string> {
  const accepted = await client.create(question, { providerId, model }, newId());
  await client.ended(accepted.conversationId, accepted.messageId);
  return accepted.conversationId;
}

/** Asks an agent and answers with the run's id once it waits for a person. */
async function askAgent(client: PageClient, providerId: string): Promise<string> {
  const id = "01JZ3A0000000000000000PCTR";
  await client.json("POST", "/api/agents/runs", { id, agent: "doc_writer", goal, providerId, model });
  for (;;) {
    const { status } = await client.json<{ status: string }>("GET", `/api/agents/runs/${id}`);
    if (status !== "running") return id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function chooseModel(client: PageClient): Promise<string> {
  const { providers } = await client.json<{ providers: { id: string; source: string }[] }>("GET", "/api/providers");
  const providerId = providers.find(({ source }) => source === "environment")?.id ?? "";
  await client.json("PUT", "/api/providers/chosen", { providerId, model });
  return providerId;
}

async function takePicture(browser: Browser, view: View, open: (page: Page) => Promise<void>) {
  const { name, viewport, colorScheme, whole } = view;
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
  const page = await context.newPage();
  await open(page);
  await page.locator(whole).first().waitFor();
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(pictures, name) });
  await context.close();
}

const base = join(tmpdir(), "folio-pictures");
const places = { base, folder: join(base, "tidewater"), data: join(base, "data"), config: join(base, "config") };
await rm(base, { recursive: true, force: true });
await mkdir(join(places.folder, "conversations"), { recursive: true });
await mkdir(pictures, { recursive: true });
for (const conversation of earlier) {
  const path = join(places.folder, "conversations", `${conversation.id}.chat.md`);
  await writeFile(path, fileOf(conversation, Date.now()));
}
for (const [path, text] of Object.entries(studioFiles(Date.now()))) {
  await mkdir(join(places.folder, path, ".."), { recursive: true });
  await writeFile(join(places.folder, path), text);
}
const server = await startModelServer();
const { port } = server.address() as AddressInfo;
const environment = { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: "picture-key-0123456789" };
const folio = await RunningFolio.start(places, { isBuilt: true, environment });
const browser = await launchBrowser();
try {
  const client = await folio.signIn();
  const providerId = await chooseModel(client);
  const ids = { conversation: await askQuestion(client, providerId), run: await askAgent(client, providerId) };
  const [name = "", value = ""] = client.cookie.split("=");
  for (const view of views) {
    await takePicture(browser, view, async (page) => {
      await page.context().addCookies([{ name, value, domain: "127.0.0.1", path: "/" }]);
      await page.goto(`http://127.0.0.1:${folio.port}${view.path(ids)}`);
    });
  }
} finally {
  await browser.close();
  await folio.stop();
  server.close();
  await rm(base, { recursive: true, force: true });
}
