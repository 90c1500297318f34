import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { textWith } from "../program/until.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { violationsOf } from "./studio-rig.ts";

// A browser on a slow, busy machine takes its time; what never comes still fails.
const longestMs = 90_000;
vi.setConfig({ testTimeout: 3 * longestMs, hookTimeout: 2 * longestMs });

let browser: Browser;
let places: Places;
let folio: RunningFolio;
let client: PageClient;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
  places = await makePlaces();
  await mkdir(join(places.folder, "conversations"), { recursive: true });
  folio = await RunningFolio.start(places, { isBuilt: true });
  client = await folio.signIn();
});
afterAll(async () => {
  await browser?.close();
  await folio?.stop("SIGKILL");
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

const turn = (id: string, parent: string, text: string, role = "user") =>
  `### ${role === "user" ? "You" : "Model"} <!-- message id=${id} parent=${parent} role=${role} -->\n\n${text}\n\n`;
const hunk = (ours: string, theirs: string) => `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> laptop\n`;
const fileOf = (id: string) => join(places.folder, "conversations", `${id}.chat.md`);

async function save(id: string, text: string): Promise<void> {
  await writeFile(`${fileOf(id)}.new`, text);
  await rename(`${fileOf(id)}.new`, fileOf(id));
}

function marked(id: string): string {
  const front = `---\nformat: chat.md/1\nid: ${id}\n${hunk("title: A walk in the hills\n", "title: A walk\n")}---\n`;
  const ours = turn("b", "a", "Take the upper path.", "assistant") + turn("c", "b", "And when it rains?");
  const theirs =
    turn("b", "a", "Take the path along the river.", "assistant") +
    turn("d", "b", "How long is it?") +
    turn("e", "d", "Two hours.", "assistant");
  return front + turn("a", "root", "Which way is best?") + hunk(ours, theirs);
}

async function openConflict(id: string, within = context): Promise<Page> {
  await save(id, marked(id));
  const isThere = async () => (await client.send("GET", `/api/conversations/${id}`)).ok;
  await expect.poll(isThere).toBe(true);
  const page = await within.newPage();
  await page.goto(`http://127.0.0.1:${folio.port}/c/${id}`);
  return page;
}

const note = (page: Page) => page.getByRole("region", { name: "Two versions of this conversation met in one file." });
const messages = (page: Page) => page.getByRole("region", { name: "Messages" });
const act = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

it.each([
  { id: "conf11ct00", colorScheme: "light" as const, viewport: desktop },
  { id: "conf11ct01", colorScheme: "dark" as const, viewport: desktop },
  { id: "conf11ct02", colorScheme: "light" as const, viewport: phone },
  { id: "conf11ct03", colorScheme: "dark" as const, viewport: phone },
])(
  "says what each side of a conflict has, $colorScheme, $viewport.width wide, and axe has nothing to object to",
  async (seen) => {
    const { id, ...options } = seen;
    const made = await newContext(options);
    const page = await openConflict(id, made);
    const errors = watchErrors(page);
    await note(page).getByText("Ours (HEAD): 1 message of its own").waitFor();
    await note(page).getByText("Theirs (laptop): 2 messages of its own").waitFor();
    await note(page).getByText("1 message changed on both sides").click();
    await note(page).getByText("Take the path along the river.").waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const isNarrow = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(isNarrow).toBe(true);
    expect(errors).toEqual([]);
    const folder = process.env["FOLIO_SCREENSHOTS"];
    if (folder)
      await page.screenshot({ path: join(folder, `conflict-${options.colorScheme}-${options.viewport.width}.png`) });
    await made.close();
  },
);

it("unites both sides with the keyboard alone, and the conversation goes on", async () => {
  const page = await openConflict("conf11ct10");
  const errors = watchErrors(page);
  await act(page, "Unite both sides").focus();
  await page.keyboard.press("Enter");
  await note(page).waitFor({ state: "detached" });
  await messages(page).getByText("And when it rains?").waitFor();
  await messages(page).getByText("1 of 2").first().waitFor();
  await page.getByRole("textbox", { name: "Write a message" }).waitFor();
  await page.getByText("The file with the marks is in the trash.").waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.className))
    .toMatch(/messages-area|composer-field/);
  const file = await textWith(
    fileOf("conf11ct10"),
    "And when it rains?",
    "along the river",
    "Two hours.",
    "other-title",
  );
  expect(file).not.toContain("<<<<<<<");
  expect(errors).toEqual([]);
});

it("keeps one side when that is wished", async () => {
  const page = await openConflict("conf11ct11");
  await act(page, "Keep theirs").click();
  await messages(page).getByText("Two hours.").waitFor();
  await page.getByRole("heading", { name: "A walk", exact: true }).waitFor();
  expect(await readFile(fileOf("conf11ct11"), "utf8")).not.toContain("when it rains");
});

it("follows a file that is settled or marked again elsewhere", async () => {
  const page = await openConflict("conf11ct12");
  await note(page).waitFor();
  await save("conf11ct12", `${marked("conf11ct12")}<<<<<<< HEAD\n`);
  await note(page)
    .getByText(/Its marks \(.+\) cannot be told apart from line/)
    .waitFor();
  expect(await act(page, "Unite both sides").count()).toBe(0);
  await save("conf11ct12", turn("a", "root", "Settled by hand"));
  await note(page).waitFor({ state: "detached" });
});

it("lets a person choose between two titles that were given at once", async () => {
  const id = "t1t1es0000";
  await save(id, `---\nformat: chat.md/1\nid: ${id}\ntitle: First\n---\n${turn("a", "root", "hello")}`);
  await expect.poll(async () => (await client.send("GET", `/api/conversations/${id}`)).ok).toBe(true);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${folio.port}/c/${id}`);
  const renameTo = async (title: string) => {
    await page.locator("header").getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(title);
  };
  // Another page is quicker: it names the conversation while the request of this one is on its way.
  let isNamed = false;
  await page.route("**/api/conversations/*", async (route) => {
    const body = route.request().postDataJSON() as { title?: string } | null;
    if (route.request().method() === "PATCH" && body?.title === "Mine" && !isNamed) {
      isNamed = true;
      await client.json("PATCH", `/api/conversations/${id}`, { title: "Theirs", baseTitle: "First" });
    }
    await route.continue();
  });
  await renameTo("Mine");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "This conversation was named twice." });
  await dialog.getByText("Theirs", { exact: true }).waitFor();
  await dialog.getByText("Mine", { exact: true }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  const folder = process.env["FOLIO_SCREENSHOTS"];
  if (folder) await page.screenshot({ path: join(folder, "titles.png") });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Keep the other title");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Mine", exact: true }).waitFor();
  await textWith(fileOf(id), "title: Mine");
});
