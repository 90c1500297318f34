import { readFile, writeFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { canaryKey } from "../program/no-leak.ts";
import { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith, writtenBelow } from "../program/until.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";
import { launchBrowser, openLink, watchErrors } from "./browser.ts";

// A browser on a slow, busy machine takes its time; what never comes still fails.
const longestMs = 90_000;
vi.setConfig({ testTimeout: 3 * longestMs, hookTimeout: 2 * longestMs });

let browser: Browser;
let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
  upstream = await startFaultServer();
});
afterAll(async () => {
  await browser?.close();
  await upstream?.close();
});
beforeEach(async () => {
  places = await makePlaces();
  const environment = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: canaryKey };
  folio = await RunningFolio.start(places, { isBuilt: true, environment });
  context = await browser.newContext();
  context.setDefaultTimeout(longestMs);
});
afterEach(async () => {
  await context.close();
  await folio.stop("SIGKILL");
  await removePlaces(places);
});

/** A signed-in page on which the model of this scenario answers. */
async function pageWith(model: string): Promise<Page> {
  const client = await folio.signIn();
  const [name = "", value = ""] = client.cookie.split("=");
  await context.addCookies([{ name, value, domain: "127.0.0.1", path: "/", httpOnly: true, sameSite: "Strict" }]);
  await choose(client, model);
  return openPage("/");
}

async function choose(client: PageClient, model: string): Promise<void> {
  const { providers } = await client.json<{ providers: { id: string; source: string }[] }>("GET", "/api/providers");
  const providerId = providers.find(({ source }) => source === "environment")?.id;
  await client.json("PUT", "/api/providers/chosen", { providerId, model });
}

async function openPage(path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${folio.port}${path}`);
  return page;
}

const composer = (page: Page) => page.getByRole("textbox", { name: "Write a message" });

async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const shows = (page: Page, text: string | RegExp) => messages(page).getByText(text).first().waitFor();

async function fileOf(page: Page): Promise<string> {
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const base = await page.evaluate(() => localStorage.getItem("folio.session-path") ?? "");
  const answer = await page.request.get(`http://127.0.0.1:${folio.port}${base}/api/conversations/${id}`);
  return (await answer.json()).file;
}

it("takes a person from the printed link through the guide to a file in their folder", async () => {
  const page = await openLink(context, folio.link);
  const errors = watchErrors(page);
  await page.getByRole("button", { name: "Start the guide" }).click();
  expect(page.url()).not.toContain("launch");
  // Cookies go to every port of a host: no other server of this computer may get ours.
  expect(await context.cookies("http://127.0.0.1:1/api/conversations")).toEqual([]);
  await page.getByRole("button", { name: "What is Folio?" }).click();
  await shows(page, "Your conversations are files");
  await send(page, "What does the file look like?");
  await shows(page, "This answer was written in advance (guide).");
  await shows(page, "What the file looks like");
  const file = await textWith(await fileOf(page), "byte for byte");
  expect(file).toContain("### You <!-- message id=");
  expect(file).toContain("What does the file look like?");
  expect(errors).toEqual([]);
});

it("shows one answer as it grows in every tab, and goes on after a reload", async () => {
  const page = await pageWith("fault:slow:60:100");
  await send(page, "count");
  await shows(page, /token 3 /);
  const other = await openPage(new URL(page.url()).pathname);
  await shows(other, /token 5 /);
  await page.reload();
  await shows(page, /token 12 /);
  await Promise.all([shows(page, /token 60/), shows(other, /token 60/)]);
  const whole = Array.from({ length: 60 }, (_, token) => `token ${token + 1}`).join(" ");
  for (const tab of [page, other]) await expect.poll(() => messages(tab).textContent()).toContain(whole);
});

it("stops an answer from another tab than the one that asked", async () => {
  const page = await pageWith("fault:never-ends");
  await send(page, "talk");
  await shows(page, /token 3 /);
  const other = await openPage(new URL(page.url()).pathname);
  await other.getByRole("button", { name: "Stop" }).click();
  await shows(page, "You stopped it here. What came is kept.");
  const stopped = (await textWith(await fileOf(page), "status=stopped")).trimEnd();
  await page.getByRole("button", { name: "Continue from here" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  const file = await fileOf(page);
  const isLonger = (text: string) => text.includes("status=stopped") && text.trimEnd().length > stopped.length;
  await expect.poll(async () => isLonger(await readFile(file, "utf8"))).toBe(true);
});

it("shows what an editor changes, in every tab, without a click", async () => {
  const page = await pageWith("fault:echo");
  await send(page, "a first question");
  await shows(page, /a first question/);
  const other = await openPage(new URL(page.url()).pathname);
  const path = await fileOf(page);
  const text = await textWith(path, "role=assistant");
  await textWith(path, "ms=");
  await writeFile(
    path,
    `${(await readFile(path, "utf8")) || text}### You <!-- message role=user -->\n\nwritten in my editor\n\n`,
  );
  await Promise.all([shows(page, "written in my editor"), shows(other, "written in my editor")]);
});

it("shows an answer that died with the process as interrupted, and goes on with it", async () => {
  const page = await pageWith("fault:never-ends");
  await send(page, "count");
  await shows(page, /token 30 /);
  await writtenBelow(places.data, "token 10 ");
  const { port } = folio;
  await folio.stop("SIGKILL");
  const environment = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: canaryKey };
  folio = await RunningFolio.start(places, { isBuilt: true, port, environment });
  await shows(page, "Folio stopped while this answer was being written.");
  await shows(page, /token 10 /);
  const file = await fileOf(page);
  const kept = (await textWith(file, "status=interrupted")).trimEnd();
  await page.getByRole("button", { name: "Continue from here" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  const whole = await textWith(file, "status=stopped");
  expect(whole.slice(whole.indexOf("token 1 ")).startsWith(kept.slice(kept.indexOf("token 1 ")))).toBe(true);
});

async function clientOf(): Promise<PageClient> {
  const cookie = (await context.cookies()).find(({ name }) => name.startsWith("folio-"));
  return new PageClient(folio.port, `${cookie?.name}=${cookie?.value}`);
}

it("says what broke, what was kept and what to do, and asks again", async () => {
  const page = await pageWith("fault:closed-after-one");
  await send(page, "a question");
  await page.getByRole("button", { name: "Continue from here" }).waitFor();
  await shows(page, /kept/);
  const again = messages(page).getByRole("button", { name: "Ask again" }).first();
  await again.click();
  await messages(page).getByText("2 of 2").first().waitFor();
});

it("keeps an unsent text over a reload, and a sent one until the server has it", async () => {
  const page = await pageWith("fault:echo");
  await composer(page).fill("a draft that I am not done with");
  await page.waitForFunction(() => Object.values(localStorage).some((kept) => String(kept).includes("not done with")));
  await page.reload();
  await expect.poll(() => composer(page).inputValue()).toBe("a draft that I am not done with");
  const { port } = folio;
  await folio.stop("SIGKILL");
  await composer(page).press("Enter");
  await page.waitForTimeout(500);
  expect(await composer(page).inputValue()).toContain("a draft that I am not done with");
  const environment = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: canaryKey };
  folio = await RunningFolio.start(places, { isBuilt: true, port, environment });
  await shows(page, "a draft that I am not done with");
  await expect.poll(() => composer(page).inputValue()).toBe("");
  const client = await clientOf();
  const list = await client.json<{ total: number }>("GET", "/api/conversations");
  expect(list.total).toBe(1);
});

it("needs one event stream for twenty tabs", async () => {
  const page = await pageWith("fault:slow:20:50");
  await send(page, "count");
  await shows(page, /token 1 /);
  const address = new URL(page.url()).pathname;
  // A few at a time: each of nineteen at once would have to wait for all the others.
  const openTab = async () => shows(await openPage(address), /token 20/);
  for (const some of [4, 5, 5, 5]) await Promise.all(Array.from({ length: some }, openTab));
  const client = await clientOf();
  const streams = async () => (await client.json<{ eventStreams: number }>("GET", "/api/session")).eventStreams;
  await expect.poll(streams).toBe(1);
});

it("loads a picture of another host only after a click that names the host, and asks nothing before", async () => {
  const foreign: string[] = [];
  await context.route(
    (url) => url.hostname !== "127.0.0.1",
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  const page = await pageWith("fault:markdown");
  await send(page, "show me");
  await messages(page)
    .getByRole("button", { name: /images\.example\.org/ })
    .waitFor();
  expect(foreign).toEqual([]);
});

it("renames, deletes and brings back a conversation", async () => {
  const page = await pageWith("fault:echo");
  await send(page, "the first title");
  await shows(page, /the first title/);
  const row = page.getByRole("navigation", { name: "Conversations" });
  await row.getByText("the first title").waitFor();
  await page.getByRole("button", { name: "More" }).first().click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("A better title");
  await page.keyboard.press("Enter");
  await row.getByText("A better title").waitFor();
  await page.getByRole("button", { name: "More" }).first().click();
  await page.getByRole("menuitem", { name: "Move to trash" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await row.getByText("A better title").waitFor();
});
