import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { canaryKey } from "../program/no-leak.ts";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";
import { launchBrowser, openLink, watchErrors } from "./browser.ts";
import { violationsOf } from "./studio-rig.ts";

// A browser on a slow, busy machine takes its time; what never comes still fails.
const longestMs = 90_000;
vi.setConfig({ testTimeout: 3 * longestMs, hookTimeout: 2 * longestMs });

let browser: Browser;
let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let client: PageClient;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
  upstream = await startFaultServer();
  places = await makePlaces();
  await mkdir(join(places.folder, "conversations"), { recursive: true });
  const environment = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: canaryKey };
  folio = await RunningFolio.start(places, { isBuilt: true, environment });
  client = await folio.signIn();
});
afterAll(async () => {
  await browser?.close();
  await folio?.stop("SIGKILL");
  await upstream?.close();
  if (places) await removePlaces(places);
});
beforeEach(async () => {
  context = await newContext({});
});
afterEach(() => context.close());

async function newContext(options: Parameters<Browser["newContext"]>[0]): Promise<BrowserContext> {
  const made = await browser.newContext({ reducedMotion: "reduce", ...options });
  made.setDefaultTimeout(longestMs);
  const [name = "", value = ""] = client.cookie.split("=");
  await made.addCookies([{ name, value, domain: "127.0.0.1", path: "/", httpOnly: true, sameSite: "Strict" }]);
  return made;
}

async function openPage(path: string, model: string, within = context): Promise<Page> {
  const { providers } = await client.json<{ providers: { id: string; source: string }[] }>("GET", "/api/providers");
  const providerId = providers.find(({ source }) => source === "environment")?.id;
  await client.json("PUT", "/api/providers/chosen", { providerId, model });
  const page = await within.newPage();
  await page.goto(`http://127.0.0.1:${folio.port}${path}`);
  return page;
}

const composer = (page: Page) => page.getByRole("textbox", { name: "Write a message" });
const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const shows = (page: Page, text: string | RegExp) => messages(page).getByText(text).first().waitFor();
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);

async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach "${name}"`);
}

/** A file that an editor wrote; answers the page's address of it. */
async function writeConversation(title: string, turns: string): Promise<string> {
  const front = `---\nformat: chat.md/1\nid: ${idOf(title)}\ntitle: ${title}\n---\n\n`;
  await writeFile(join(places.folder, "conversations", `${idOf(title)}.chat.md`), front + turns);
  const isThere = async () => (await client.send("GET", `/api/conversations/${idOf(title)}`)).ok;
  await expect.poll(isThere).toBe(true);
  return `/c/${idOf(title)}`;
}

const idOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^0-9a-hjkmnp-tv-z]/g, "")
    .padEnd(10, "0")
    .slice(0, 10);

function turn(at: number, parent: string, question: string, answer: string): string {
  return (
    `### You <!-- message id=q${at} parent=${parent} role=user -->\n\n${question}\n\n` +
    `### Model <!-- message id=a${at} parent=q${at} role=assistant -->\n\n${answer}\n\n`
  );
}

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

it.each([
  { colorScheme: "light" as const, viewport: desktop },
  { colorScheme: "dark" as const, viewport: phone },
])("has nothing that axe objects to on its screens, $colorScheme", async (options) => {
  const seen = await newContext(options);
  const page = await openPage("/", "fault:markdown", seen);
  const errors = watchErrors(page);
  await composer(page).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`http://127.0.0.1:${folio.port}/settings/models`);
  await page.getByRole("heading", { name: "Choose who answers" }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`http://127.0.0.1:${folio.port}/`);
  await composer(page).fill("show me");
  await composer(page).press("Enter");
  await shows(page, "second");
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  expect(await violationsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: options.colorScheme === "dark" ? "light" : "dark" });
  expect(await violationsOf(page)).toEqual([]);
  expect(errors).toEqual([]);
  await seen.close();
});

it("has nothing that axe objects to before the sign-in and on a failure", async () => {
  const stranger = await browser.newContext();
  const closed = await openLink(stranger, `http://127.0.0.1:${folio.port}/`);
  await closed.getByRole("heading", { name: "This page needs the link from the terminal." }).waitFor();
  expect(await violationsOf(closed)).toEqual([]);
  await stranger.close();
  const page = await openPage("/", "fault:401");
  await composer(page).fill("with a bad key");
  await composer(page).press("Enter");
  await page.getByRole("link", { name: "Models and keys" }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
});

it("is used with the keyboard alone: send, stop, ask again, choose a version, rename", async () => {
  const page = await openPage("/", "fault:never-ends");
  await tabTo(page, "Write a message");
  await page.keyboard.type("count with me");
  await page.keyboard.press("Enter");
  await shows(page, /token 3 /);
  await page.keyboard.press("Escape");
  await shows(page, "stopped");
  await tabTo(page, "Ask again");
  await page.keyboard.press("Enter");
  await shows(page, "2 of 2");
  await page.keyboard.press("Escape");
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  await page.keyboard.press("Alt+ArrowLeft");
  await shows(page, "1 of 2");
  await page.locator("header").getByRole("button", { name: "More" }).focus();
  await page.keyboard.press("Enter");
  // At once, as somebody does who knows the menu: it opens with the focus on its first act.
  await page.keyboard.press("Enter");
  await page.keyboard.type("Named by keys");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Named by keys" }).waitFor();
  await expect.poll(() => focused(page)).toBe("More");
});

it("steps through versions with the buttons beside a message", async () => {
  const versions =
    turn(1, "root", "the old wording", "the first answer") + turn(2, "root", "the new wording", "the second answer");
  const page = await openPage(await writeConversation("Reworded", versions), "fault:fine");
  await shows(page, "the second answer");
  await messages(page).getByRole("button", { name: "Previous version" }).first().click();
  await shows(page, "the first answer");
  await shows(page, "1 of 2");
  await messages(page).getByRole("button", { name: "Next version" }).first().click();
  await shows(page, "the second answer");
});

it("shows the end of ten thousand messages, earlier ones on the way up, and takes typing", async () => {
  const turns = Array.from({ length: 5_000 }, (_, at) =>
    turn(at, at === 0 ? "root" : `a${at - 1}`, `question ${at}`, `answer number ${at}`),
  );
  const page = await openPage(await writeConversation("Ten thousand", turns.join("")), "fault:fine");
  await shows(page, "answer number 4999");
  expect(await page.locator("article").count()).toBeLessThan(100);
  await composer(page).fill("and one more");
  await composer(page).press("Enter");
  await shows(page, "Good morning.");
  await messages(page).hover();
  const wheelUp = async () => {
    await page.mouse.wheel(0, -4_000);
    return messages(page).textContent();
  };
  await expect.poll(wheelUp).toMatch(/answer number (4[0-8]|[1-3]\d)\d\d\b/);
});

it("stays usable with twenty thousand pasted lines", async () => {
  const page = await openPage("/", "fault:fine");
  await composer(page).focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", Array.from({ length: 20_000 }, (_, line) => `line ${line} of the log`).join("\n"));
    const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(paste);
  });
  await page.getByText("20,000 lines").waitFor();
  await page.keyboard.type("What went wrong?");
  expect(await composer(page).inputValue()).toBe("What went wrong?");
  await page.keyboard.press("Enter");
  await shows(page, "Good morning.");
  await messages(page)
    .getByRole("button", { name: /^Show all 20,00\d lines$/ })
    .waitFor();
});

it("sets a right-to-left question and its answer from the right", async () => {
  const page = await openPage("/", "fault:echo");
  const question = "كيف أحسب وقت المدّ العالي بلغة TypeScript؟";
  await composer(page).fill(question);
  await composer(page).press("Enter");
  await messages(page).locator("[dir=rtl]").nth(1).waitFor();
  expect(await messages(page).locator(".question-text").getAttribute("dir")).toBe("rtl");
});

it("takes no message into a file with conflict marks, and offers to unite its sides", async () => {
  const mine = "### You <!-- message id=mine parent=root role=user -->\n\nmine\n\n";
  const theirs = "### You <!-- message id=theirs parent=root role=user -->\n\ntheirs\n\n";
  const turns = `${turn(1, "root", "agreed", "fine")}<<<<<<< HEAD\n${mine}=======\n${theirs}>>>>>>> other\n`;
  const page = await openPage(await writeConversation("Merged badly", turns), "fault:fine");
  await page.getByRole("button", { name: "Unite both sides" }).waitFor();
  expect(await composer(page).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Edit question" }).count()).toBe(0);
});

it("tells when somebody else changed the open file", async () => {
  const title = "Edited elsewhere";
  const page = await openPage(await writeConversation(title, turn(1, "root", "before", "an answer")), "fault:fine");
  await shows(page, "an answer");
  await writeConversation(title, turn(1, "root", "before", "another answer"));
  await shows(page, "another answer");
  await page.getByText("Changed on disk").waitFor();
});

const placeOf = (page: Page) =>
  messages(page).evaluate((area) => ({
    top: area.scrollTop,
    toEnd: area.scrollHeight - area.scrollTop - area.clientHeight,
  }));

/** Where the reader is once the wheel's scrolling has come to its end: counted in frames, however long one takes. */
async function restingPlace(page: Page) {
  await messages(page).evaluate(async (area) => {
    for (let still = 0, last = area.scrollTop; still < 20; last = area.scrollTop) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      still = area.scrollTop === last ? still + 1 : 0;
    }
  });
  return placeOf(page);
}

it("leaves a reader who scrolled up where they are while the answer grows, and opens at the end", async () => {
  const page = await openPage("/", "fault:slow:1000000:5");
  await composer(page).fill("count for long");
  await composer(page).press("Enter");
  await expect.poll(async () => (await placeOf(page)).top).toBeGreaterThan(400);
  await messages(page).hover();
  await page.mouse.wheel(0, -300);
  await page.getByRole("button", { name: "Latest" }).waitFor();
  const before = await restingPlace(page);
  await expect.poll(async () => (await placeOf(page)).toEnd).toBeGreaterThan(before.toEnd + 100);
  expect((await placeOf(page)).top).toBe(before.top);
  await page.getByRole("button", { name: "Latest" }).click();
  await expect.poll(async () => (await placeOf(page)).toEnd).toBeLessThan(2);
  await page.keyboard.press("Escape");
  await shows(page, "stopped");
  await page.reload();
  await shows(page, "stopped");
  await expect.poll(async () => (await placeOf(page)).toEnd).toBeLessThan(2);
  expect(await page.getByRole("button", { name: "Latest" }).count()).toBe(0);
});

it("asks before a key is deleted, and leaves a way back", async () => {
  const id = await client.addProvider(upstream.baseUrl.replace("127.0.0.1", "localhost"));
  const page = await openPage("/settings/models", "fault:echo");
  const row = page.locator(`[data-provider="${id}"]`);
  const remove = row.getByRole("button", { name: /^Remove/ });
  await remove.click();
  await page.getByRole("dialog").getByRole("button", { name: "Keep it" }).click();
  await remove.click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Back to the conversations" }).click();
  await composer(page).waitFor();
});

it("shows a conversation as plain text when its Markdown cannot be fetched, and keeps the page", async () => {
  const address = await writeConversation("bare", turn(1, "root", "ask", "An answer in **bold**."));
  const refuse = vi.fn<(route: Route) => Promise<void>>((route) => route.abort());
  await context.route(/\/assets\/(markdown|feedback-acts)-[^/]+\.js/, refuse);
  const page = await openPage(address, "fault:markdown");
  await shows(page, "An answer in **bold**.");
  await composer(page).fill("still here");
  await expect.poll(() => refuse.mock.calls.length).toBeGreaterThan(3);
  expect(await composer(page).inputValue()).toBe("still here");
});
