import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { until } from "../program/until.ts";
import { boardOf } from "./board-text.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { contextOf, entryOf, logOf, type Studio, startStudio, violationsOf } from "./studio-rig.ts";

const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });
const patience = { timeout: 30_000 };
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const path = ".codex/PROPOSED-TASKS.md";
const log = ".codex/TASK-LOG.json";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const records = [
  { key: "pt-aaaaaa", title: "Print a month", status: "proposed", source: "feedback `fb-01jz2y`" },
  { key: "pt-bbbbbb", title: "Station picker", status: "accepted", boxes: ["By distance", "By name"] },
  { key: "pt-cccccc", title: "Harmonic constants", status: "in-progress", boxes: ["Checked"] },
];
const board = boardOf(records);

async function studioWith(files: Readonly<Record<string, string>>): Promise<Studio> {
  const studio = await startStudio(files);
  onTestFinished(() => studio.end());
  return studio;
}

async function open(studio: Studio, address = "/studio/proposals", options = {}): Promise<Page> {
  const context = await contextOf(browser, studio, { viewport: desktop, ...options });
  context.setDefaultTimeout(longestMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(studio.url + address);
  return page;
}

const lane = (page: Page, name: string) =>
  page.locator("section.board-lane").and(page.getByLabel(name, { exact: true }));
const card = (page: Page, title: string) => page.getByRole("link", { name: title, exact: true });
const inLane = (page: Page, name: string, title: string) =>
  lane(page, name).getByRole("link", { name: title, exact: true });
const fileOf = (studio: Studio, name = path) => readFile(join(studio.places.folder, name), "utf8");
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const withStatus = (key: string, from: string, to: string): string => {
  const start = board.indexOf(key);
  return board.slice(0, start) + board.slice(start).replace(`- **Status:** ${from}`, `- **Status:** ${to}`);
};

it("moves a card by keys: the file changes in the status alone, and Undo brings back every byte", async () => {
  const studio = await studioWith({ [path]: board });
  const page = await open(studio);
  const errors = watchErrors(page);
  await card(page, "Print a month").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => focused(page), patience).toBe("Station picker");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("a");
  await inLane(page, "Accepted", "Print a month").waitFor();
  await expect.poll(() => fileOf(studio), patience).toBe(withStatus("pt-aaaaaa", "proposed", "accepted"));
  await expect.poll(() => focused(page), patience).toBe("Print a month");
  await page.getByRole("button", { name: "Undo" }).click();
  await inLane(page, "Proposed", "Print a month").waitFor();
  await expect.poll(() => fileOf(studio), patience).toBe(board);
  await card(page, "Station picker").focus();
  await page.keyboard.press("m");
  await page.getByRole("menuitem", { name: "In progress" }).waitFor();
  await page.keyboard.press("Enter");
  await inLane(page, "In progress", "Station picker").waitFor();
  await expect.poll(() => fileOf(studio), patience).toBe(withStatus("pt-bbbbbb", "accepted", "in-progress"));
  expect(errors).toEqual([]);
});

it("moves a card by pointer to where it may go, and says why it may not go elsewhere", async () => {
  const studio = await studioWith({ [path]: board });
  const page = await open(studio);
  const drag = async (title: string, to: string): Promise<void> => {
    const from = await card(page, title).boundingBox();
    const target = await lane(page, to).boundingBox();
    if (!from || !target) throw new Error("Nothing to drag");
    await page.mouse.move(from.x + 20, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 20, { steps: 3 });
    await page.mouse.move(target.x + 60, target.y + 80, { steps: 5 });
  };
  await drag("Print a month", "Accepted");
  await page.locator(".card-slot").waitFor();
  await page.mouse.up();
  await inLane(page, "Accepted", "Print a month").waitFor();
  const moved = withStatus("pt-aaaaaa", "proposed", "accepted");
  await expect.poll(() => fileOf(studio), patience).toBe(moved);
  await drag("Print a month", "Done");
  await page.mouse.up();
  await page.getByText("Not moved. What is accepted can become").waitFor();
  await drag("Station picker", "In progress");
  await page.locator(".card-slot").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".card-slot").waitFor({ state: "detached" });
  await page.mouse.up();
  expect(await fileOf(studio)).toBe(moved);
  expect(page.url()).not.toContain("id=");
});

it("shows in two tabs what one of them moves and what an editor writes", async () => {
  const studio = await studioWith({ [path]: board });
  const first = await open(studio);
  const second = await first.context().newPage();
  await second.goto(`${studio.url}/studio/proposals`);
  await inLane(second, "Proposed", "Print a month").waitFor();
  await card(first, "Print a month").focus();
  await first.keyboard.press("a");
  await inLane(second, "Accepted", "Print a month").waitFor();
  const added = { key: "pt-dddddd", title: "Written in an editor", status: "proposed" };
  await studio.write(path, boardOf([...records, added]));
  for (const page of [first, second]) await inLane(page, "Proposed", "Written in an editor").waitFor();
  for (const page of [first, second]) await inLane(page, "Proposed", "Print a month").waitFor();
});

it("writes nothing over what somebody else wrote meanwhile, says so, and shows it", async () => {
  const studio = await studioWith({ [path]: board });
  const page = await open(studio);
  const theirs = board.replace("Station picker", "Station chooser");
  const revision = createHash("sha256").update(theirs).digest("hex");
  let isFirst = true;
  await page.route("**/api/proposals", async (route) => {
    // Between what the page saw and what arrives: somebody saves.
    if (isFirst && route.request().method() === "PATCH") {
      isFirst = false;
      await studio.write(path, theirs);
      await until("the server knows it", async () => {
        const now = (await studio.client.json<{ revision: string }>("GET", "/api/proposals")).revision;
        return now === revision ? true : undefined;
      });
    }
    await route.continue();
  });
  await card(page, "Print a month").focus();
  await page.keyboard.press("a");
  await page.getByText("The board changed on disk.").waitFor();
  expect(await fileOf(studio)).toBe(theirs);
  // What is moved next is moved on the board that is shown then.
  await card(page, "Station chooser").waitFor();
  await inLane(page, "Proposed", "Print a month").waitFor();
  await card(page, "Print a month").focus();
  await page.keyboard.press("a");
  await expect
    .poll(() => fileOf(studio), patience)
    .toBe(withStatus("pt-aaaaaa", "proposed", "accepted").replace("Station picker", "Station chooser"));
  await inLane(page, "Accepted", "Print a month").waitFor();
});

it("is done only with a log entry that names it", async () => {
  const studio = await studioWith({ [path]: board, [log]: logOf([entryOf(1)]) });
  const page = await open(studio, "/studio/proposals?id=pt-cccccc");
  await page.getByRole("button", { name: "Finish", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Finish this proposal?" });
  await dialog.getByRole("button", { name: "Log and finish" }).click();
  await dialog.getByText("Say in one line what was done.").waitFor();
  expect(await fileOf(studio)).toBe(board);
  await dialog.getByRole("textbox", { name: "What was done" }).fill("Checked all constants.");
  await dialog.getByRole("textbox", { name: /^Files/ }).fill(".codex/PRD.md");
  await dialog.getByRole("button", { name: "Log and finish" }).click();
  await inLane(page, "Done", "Harmonic constants").waitFor();
  await expect.poll(() => fileOf(studio), patience).toBe(withStatus("pt-cccccc", "in-progress", "done"));
  const entries = JSON.parse(await fileOf(studio, log)) as readonly unknown[];
  expect(entries).toHaveLength(2);
  expect(entries[1]).toMatchObject({ summary: "Checked all constants.", proposal: "pt-cccccc", agent: "writer" });
});

it("finishes with an entry that is there already", async () => {
  const named = { ...entryOf(7), proposal: "pt-cccccc" };
  const studio = await studioWith({ [path]: board, [log]: logOf([entryOf(1), named]) });
  const before = await fileOf(studio, log);
  const page = await open(studio);
  await card(page, "Harmonic constants").focus();
  await page.keyboard.press("m");
  await page.getByRole("menuitem", { name: "Done" }).click();
  const dialog = page.getByRole("dialog", { name: "Finish this proposal?" });
  await dialog.getByRole("radio", { name: /Work number 7/ }).check();
  await dialog.getByRole("button", { name: "Finish", exact: true }).click();
  await lane(page, "Done").getByText("task-007").waitFor();
  expect(await fileOf(studio, log)).toBe(before);
});

it("ticks a criterion, promotes to a task document, and proposes by hand", async () => {
  const studio = await studioWith({ [path]: board });
  const page = await open(studio, "/studio/proposals?id=pt-bbbbbb");
  await page.getByRole("checkbox", { name: "By name" }).click();
  await expect.poll(() => fileOf(studio), patience).toBe(board.replace("- [ ] By name", "- [x] By name"));
  await page.getByRole("button", { name: "Promote to a task document" }).click();
  const task = page.locator(".side-panel-foot").getByRole("link", { name: "Open the task document" });
  await task.waitFor();
  expect(await task.getAttribute("href")).toContain("/tasks/pt-bbbbbb-station-picker.md");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "New proposal" }).first().click();
  await page.getByRole("button", { name: "Propose", exact: true }).click();
  await page.getByText("A proposal needs a title.").waitFor();
  await page.getByRole("textbox", { name: "Title" }).fill("Tide curve");
  await page.getByRole("textbox", { name: "Done when, one a line" }).fill("- Read aloud\nPrinted");
  await page.getByRole("button", { name: "Propose", exact: true }).click();
  await inLane(page, "Proposed", "Tide curve").waitFor();
  await page.getByRole("checkbox", { name: "Read aloud" }).waitFor();
  expect(await fileOf(studio)).toContain("- [ ] Printed");
});

it("reads somebody else's board: only a box is changed in it", async () => {
  const foreign = "# Todo\n\n## Jetzt\n\n- [ ] Write the **manual**\n- [x] Licence\n\n## Später  \n* [ ] Moon\n\nText.";
  const studio = await studioWith({ "TODO.md": foreign });
  const page = await open(studio);
  await page.getByText("check boxes under headings").waitFor();
  await inLane(page, "Später", "Moon").waitFor();
  await page.getByRole("checkbox", { name: /Write the/ }).click();
  await expect.poll(() => fileOf(studio, "TODO.md"), patience).toBe(foreign.replace("- [ ] Write", "- [x] Write"));
  expect(await page.getByRole("button", { name: "New proposal" }).count()).toBe(0);
  await studio.write(path, board);
  await card(page, "Print a month").waitFor();
  await page.getByRole("button", { name: "Board: PROPOSED-TASKS.md" }).first().click();
  await page.getByRole("menuitemradio", { name: "TODO.md" }).click();
  await page.getByText("This is another board, shown to be read.").waitFor();
  await card(page, "Moon").waitFor();
  expect(await page.getByRole("checkbox", { name: /Moon/ }).isDisabled()).toBe(true);
});

it("shows what cannot be read in its place, and offers a beginning where there is no board", async () => {
  const studio = await studioWith({ [path]: board.replace("## Task: `pt-bbbbbb` — Station picker", "## Task: ") });
  const page = await open(studio);
  await lane(page, "Proposed")
    .getByText(/^\s*Line \d+:/)
    .waitFor();
  const empty = await studioWith({});
  await page.goto("about:blank");
  const other = await open(empty);
  await other.getByRole("heading", { name: "No proposals yet." }).waitFor();
  await other.getByRole("button", { name: "Start from the template" }).click();
  await expect.poll(() => fileOf(empty).catch(() => ""), patience).toContain("# PROPOSED-TASKS.md");
});

it("holds five hundred cards without drawing them all", async () => {
  const many = Array.from({ length: 500 }, (_, at) => ({
    key: `pt-${String(at).padStart(6, "0")}`,
    title: `Piece ${at}`,
    status: at % 2 === 0 ? "proposed" : "accepted",
  }));
  const studio = await studioWith({ [path]: boardOf(many) });
  const page = await open(studio);
  await card(page, "Piece 0").waitFor();
  expect(await page.locator(".proposal-card").count()).toBeLessThan(100);
  await lane(page, "Proposed").getByRole("button", { name: "225 more" }).click();
  await lane(page, "Proposed").getByRole("button", { name: "175 more" }).waitFor();
});

it.each([
  { colorScheme: "light" as const, viewport: desktop },
  { colorScheme: "dark" as const, viewport: phone, hasTouch: true },
])("has nothing that axe objects to, $colorScheme", async (options) => {
  const twin = { key: "pt-dddddd", title: "Print a month!", status: "proposed" };
  const studio = await studioWith({
    [path]: boardOf([...records, twin]),
    [log]: logOf([entryOf(1)]),
    "TODO.md": "- [ ] One\n",
  });
  const page = await open(studio, "/studio/proposals", options);
  const errors = watchErrors(page);
  await card(page, "Print a month!").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(options.viewport.width);
  for (const address of ["?id=pt-bbbbbb", "?new=1", "?show=rejected", "?path=TODO.md"]) {
    await page.goto(`${studio.url}/studio/proposals${address}`);
    await page.locator(".side-panel, .banner").first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
  }
  expect(errors).toEqual([]);
});
