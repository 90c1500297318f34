import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { startFaultServer } from "../upstream/fault-server.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { contextOf, entries, entryOf, logOf, type Studio, startStudio, violationsOf } from "./studio-rig.ts";

const prd = "# Tide tables\n\n## Product Overview\n\nWhat it is for.\n";
const roster =
  "# Agents\n\n## Agent: `planner`\n\n- **Role:** Planner\n- **Goal:** Plan.\n- **Backstory:** Quiet.\n- **Writes:** `.codex/PROPOSED-TASKS.md`\n";
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const patience = { timeout: 20_000 };
// A browser on a slow, busy machine takes its time; what never comes still fails.
const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function chosenProvider(studio: Studio): Promise<string | undefined> {
  const { providers } = await studio.client.json<{ providers: { id: string; source: string }[] }>(
    "GET",
    "/api/providers",
  );
  return providers.find(({ source }) => source === "environment")?.id;
}

async function studioWith(files: Readonly<Record<string, string>>, baseUrl = "http://127.0.0.1:9/v1"): Promise<Studio> {
  const environment = { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: "test-key-0123456789" };
  const studio = await startStudio(files, environment);
  onTestFinished(() => studio.end());
  const providerId = await chosenProvider(studio);
  await studio.client.json("PUT", "/api/providers/chosen", { providerId, model: "m" });
  return studio;
}

async function open(studio: Studio, path: string, options: Parameters<typeof contextOf>[2] = {}): Promise<Page> {
  const context = await contextOf(browser, studio, { viewport: desktop, ...options });
  context.setDefaultTimeout(longestMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(studio.url + path);
  return page;
}

const title = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const found = (page: Page) => page.locator("search").getByRole("status");
const rows = (page: Page) => page.getByRole("region", { name: "Task log", exact: true }).locator(".log-link[href]");
const log = ".codex/TASK-LOG.json";

it("goes from part to part with keys alone", async () => {
  const studio = await studioWith({ ".codex/PRD.md": prd, [log]: logOf(entries(3)) });
  const page = await open(studio, "/");
  const errors = watchErrors(page);
  await page.getByRole("textbox", { name: "Write a message" }).waitFor();
  await page.getByRole("textbox", { name: "Write a message" }).blur();
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("g", "s");
  await title(page, "Studio");
  await press("g", "l");
  await title(page, "Task log");
  await press("g", "p");
  await title(page, "Proposals");
  await press("g", "s");
  await title(page, "Studio");
  const side = page.getByRole("navigation", { name: "Studio", exact: true });
  await side.getByRole("link", { name: "Overview" }).focus();
  await press("Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("title"))).toBe("PRD");
  await press("Enter");
  await expect.poll(() => page.url()).toContain("/studio/documents/.codex/PRD.md");
  await press("g", "c");
  await title(page, "New conversation");
  expect(errors).toEqual([]);
});

it("has a bar at the lower edge of a phone's lists, and nowhere else", async () => {
  const studio = await studioWith({ ".codex/PRD.md": prd, [log]: logOf(entries(3)) });
  const page = await open(studio, "/studio", { viewport: phone, hasTouch: true });
  await title(page, "Studio");
  const bar = page.locator("main").getByRole("navigation", { name: "Parts of Folio" });
  await bar.getByRole("link", { name: "Studio" }).waitFor();
  await page.getByRole("link", { name: "PRD", exact: true }).click();
  await expect.poll(() => page.url()).toContain("/studio/documents/");
  await bar.waitFor({ state: "detached" });
  await page.goBack();
  await bar.getByRole("button", { name: "Conversations" }).click();
  await page.getByRole("navigation", { name: "Conversations" }).waitFor();
  const sideBar = page.locator("aside").getByRole("navigation", { name: "Parts of Folio" }).last();
  await sideBar.getByRole("link", { name: "Studio" }).click();
  await title(page, "Studio");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
});

it("shows in two tabs what an editor changes on disk", async () => {
  const studio = await studioWith({ ".codex/PRD.md": prd, [log]: logOf(entries(2)) });
  const first = await open(studio, "/studio");
  const second = await first.context().newPage();
  await second.goto(`${studio.url}/studio`);
  const tabs = [first, second];
  for (const page of tabs) await page.getByText("Work number 2 is done.").waitFor();
  await studio.write(log, logOf(entries(3)));
  await studio.write(".codex/PRD.md", prd.replace("What it is for.", "Forty stations of the German Bight."));
  await studio.write(".codex/NOTES.md", "# Notes\n\nA note of its own.\n");
  for (const page of tabs) {
    await page.getByText("Work number 3 is done.").waitFor();
    await page.getByText("Forty stations of the German Bight.").waitFor();
    await page.getByText("A note of its own.").waitFor();
    await page.locator("aside").getByRole("link", { name: "NOTES" }).waitFor();
    await expect.poll(() => page.locator(".figure-value").first().textContent(), patience).toBe("3");
  }
});

it("shows a run while it goes on, and stops it", async () => {
  const upstream = await startFaultServer();
  onTestFinished(() => upstream.close());
  const studio = await studioWith({ ".codex/PRD.md": prd }, upstream.baseUrl);
  const page = await open(studio, "/studio");
  await page.getByText("No agent has run yet.").waitFor();
  const providerId = await chosenProvider(studio);
  const run = { id: "01JZ2Y7M3W8Q4K6T9V00000001", agent: "doc_writer", goal: "Say what it is for" };
  await studio.client.json("POST", "/api/agents/runs", { ...run, providerId, model: "fault:slow:4000:4" });
  const live = page.locator(".live-run");
  await live.getByText("Say what it is for").waitFor();
  await page.getByText("not yet logged").waitFor();
  await page.locator("aside").getByText("1 live").waitFor();
  await live.getByRole("button", { name: "Stop" }).click();
  await live.waitFor({ state: "detached" });
  await page.locator(".run-row").getByText("stopped").waitFor();
});

it("says so when a part of the page cannot be fetched, and keeps the rest", async () => {
  const studio = await studioWith({});
  const page = await open(studio, "/");
  await page.route(/\/assets\/(log-page|waiting-badge)/, (route) => route.abort());
  await page.getByRole("textbox", { name: "Write a message" }).fill("a draft");
  await page.getByRole("link", { name: "Studio" }).first().click();
  await title(page, "Studio");
  await page.locator("aside").getByRole("link", { name: "Task log" }).click();
  await page.getByText("This part of the page could not be fetched.").waitFor();
  await page.unroute(/\/assets\/(log-page|waiting-badge)/);
  await page.getByRole("button", { name: "Load the page anew" }).click();
  await page.getByText("Nothing is logged yet.").waitFor();
  await page.getByRole("link", { name: "Conversations" }).first().click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Write a message" }).inputValue(), patience)
    .toBe("a draft");
});

it("offers what can be done in an empty folder, and writes nothing before", async () => {
  const studio = await studioWith({});
  const page = await open(studio, "/studio");
  await page.getByRole("heading", { name: "No agent has written anything here yet." }).waitFor();
  await page.getByRole("link", { name: "Start a project" }).waitFor();
  await page.goto(`${studio.url}/studio/log`);
  await page.getByText("Nothing is logged yet.").waitFor();
  await expect(access(join(studio.places.folder, ".codex"))).rejects.toThrow("ENOENT");
});

it("narrows the log by agent, status, problems and words, and keeps that in the address", async () => {
  const items = [
    ...entries(30),
    { ...entryOf(31), status: "refused", summary: "Refused: two files." },
    { ...entryOf(32), agent: undefined },
    "no entry at all",
  ];
  const studio = await studioWith({ [log]: logOf(items) });
  const page = await open(studio, "/studio/log");
  await expect.poll(() => found(page).textContent(), patience).toBe("32 entries, 1 unreadable");
  await page.getByText("Cannot be read").first().waitFor();
  await page.getByText('"no entry at all"').waitFor();
  await page.getByRole("combobox", { name: "Agent" }).selectOption("planner");
  await expect.poll(() => found(page).textContent(), patience).toBe("15 of 33");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("combobox", { name: "Status" }).selectOption("refused");
  await expect.poll(() => found(page).textContent(), patience).toBe("1 of 33");
  await page.reload();
  await expect.poll(() => found(page).textContent(), patience).toBe("1 of 33");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("checkbox", { name: "Has problems" }).check();
  await expect.poll(() => found(page).textContent(), patience).toBe("2 of 33");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("number 17");
  await expect.poll(() => found(page).textContent(), patience).toBe("1 of 33");
  await page.getByRole("searchbox", { name: "Find in the log" }).fill("nothing of the kind");
  await page.getByText("No entry matches.").waitFor();
});

it("opens an entry beside the list, and Esc brings back to it", async () => {
  const outside = { ...entryOf(3), output_files: [".codex/PRD.md", "../outside.md", "src/[slug]/page.tsx"] };
  const studio = await studioWith({ ".codex/PRD.md": prd, [log]: logOf([entryOf(1), entryOf(1), outside]) });
  const page = await open(studio, "/studio/log");
  await rows(page).first().focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "task-003" });
  await panel.getByText("leads out of the folder, not linked").waitFor();
  expect(await panel.getByRole("link").allTextContents()).toEqual([".codex/PRD.md"]);
  await panel.getByText('"task_id": "task-003"').waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe("log-link");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "task-001" }).getByText("2 of 2").waitFor();
});

it("scrolls fifty thousand entries to the first one", async () => {
  const studio = await studioWith({ [log]: logOf(entries(50_000)) });
  const page = await open(studio, "/studio/log");
  await expect.poll(() => found(page).textContent(), { timeout: 40_000 }).toBe("50,000 entries");
  await page.getByText("Work number 50000 is done.").waitFor();
  await rows(page).first().focus();
  await page.keyboard.press("End");
  await page.getByText("Work number 1 is done.").waitFor(patience);
  expect(await page.locator(".log-row").count()).toBeLessThan(120);
  await page.keyboard.press("Home");
  await page.getByText("Work number 50000 is done.").waitFor(patience);
  await page.goto(`${studio.url}/studio/log?ref=${entryOf(25_000).run_id}`);
  await page
    .getByRole("region", { name: "Task log", exact: true })
    .getByText("Work number 25000 is done.")
    .waitFor(patience);
});

it("says what was rewritten outside, puts back what was lost, and takes the rest for history", async () => {
  const studio = await studioWith({ [log]: logOf(entries(6)) });
  const page = await open(studio, "/studio/log");
  await page.getByText("Work number 6 is done.").waitFor();
  const changed = entries(6).filter((_, at) => at !== 1);
  await studio.write(log, logOf(changed.with(3, { ...entryOf(5), summary: "Something else." })));
  await page.getByText("The task log was rewritten outside Folio.").first().waitFor();
  await page.getByText("1 entry changed, 1 missing.").waitFor();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  const panel = page.locator(".side-panel");
  await panel.getByText("Work number 2 is done.").waitFor();
  await panel.getByText("Something else.").waitFor();
  await panel.getByRole("button", { name: "Put back 1 lost entry" }).click();
  await page.getByText("1 entry put back at the end").waitFor();
  const text = await readFile(join(studio.places.folder, log), "utf8");
  expect(JSON.parse(text).at(-1)).toMatchObject({ summary: "Work number 2 is done.", supersedes: entryOf(2).run_id });
  await panel.getByRole("button", { name: "Acknowledge" }).click();
  await page.getByText("The task log was rewritten outside Folio.").first().waitFor({ state: "detached" });
});

it("repairs a broken log after a look, keeps what it was, and then takes what waited", async () => {
  const broken = `${logOf(entries(3)).slice(0, -3)},\n  {"task_id": "task-004", "summ\n`;
  const studio = await studioWith({ [log]: broken });
  const page = await open(studio, "/studio/log");
  await page.getByText(/Log needs repair \(\d+ problems?\)\./).waitFor();
  await page.getByRole("button", { name: "New entry" }).click();
  await page.getByRole("button", { name: "Add to the log" }).click();
  await page.getByText("Say who did the work.").waitFor();
  await page.getByRole("combobox", { name: "Agent", exact: true }).last().fill("by hand");
  await page.getByRole("textbox", { name: "Summary" }).fill("Written while the log was broken.");
  await page.getByRole("button", { name: "Add to the log" }).click();
  await page.getByText(/1 entry waits in Folio's own data/).waitFor();
  expect(await readFile(join(studio.places.folder, log), "utf8")).toBe(broken);
  await page.getByRole("button", { name: "Show them" }).click();
  const dialog = page.getByRole("dialog", { name: "Repair the task log?" });
  await dialog.getByText(/3 entries kept, 1 fragment kept as text/).waitFor();
  await dialog.getByRole("button", { name: "Repair", exact: true }).click();
  await page.getByText("The task log is repaired").waitFor();
  await page.getByText("Written while the log was broken.").waitFor(patience);
  await page.getByText(/Log needs repair/).waitFor({ state: "detached" });
});

it.each([
  { colorScheme: "light" as const, viewport: desktop },
  { colorScheme: "dark" as const, viewport: phone },
])("has nothing that axe objects to, $colorScheme", async (options) => {
  const items = [...entries(40), { ...entryOf(41), status: "refused" }, "no entry"];
  const studio = await studioWith({ ".codex/PRD.md": prd, ".codex/AGENTS.md": roster, [log]: logOf(items) });
  const page = await open(studio, "/studio", options);
  const errors = watchErrors(page);
  await page.getByText("Work number 40 is done.").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${studio.url}/studio/log?ref=${entryOf(40).run_id}`);
  await page.locator(".side-panel .log-raw").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${studio.url}/studio/log?open=new`);
  await page.getByRole("button", { name: "Add to the log" }).click();
  expect(await violationsOf(page)).toEqual([]);
  expect(errors).toEqual([]);
});
