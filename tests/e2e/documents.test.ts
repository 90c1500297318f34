import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { canaryKey } from "../program/no-leak.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { contextOf, type Studio, startStudio, violationsOf } from "./studio-rig.ts";

const path = ".codex/PRD.md";
const prd =
  "# Tide tables\r\n\r\n## Product Overview\r\n\r\nWhat it is for. Itâ€™s small.\r\n\r\n## Core Objectives\r\n\r\n- One\r\n\r\n## Success Criteria\r\n\r\nIt is used.\r\n";
const patience = { timeout: 30_000 };
// A browser on a slow, busy machine takes its time; what never comes still fails.
const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function studioWith(text: string): Promise<Studio> {
  const environment = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1", OPENAI_API_KEY: canaryKey };
  const studio = await startStudio({ [path]: text }, environment);
  onTestFinished(() => studio.end());
  const { providers } = await studio.client.json<{ providers: { id: string; source: string }[] }>(
    "GET",
    "/api/providers",
  );
  const providerId = providers.find(({ source }) => source === "environment")?.id;
  await studio.client.json("PUT", "/api/providers/chosen", { providerId, model: "m" });
  return studio;
}

async function open(studio: Studio, part = "", options: Parameters<typeof contextOf>[2] = {}): Promise<Page> {
  const context = await contextOf(browser, studio, { viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(longestMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(`${studio.url}/studio/documents/${path}${part}`);
  return page;
}

const onDisk = (studio: Studio): Promise<string> => readFile(join(studio.places.folder, path), "utf8");
const source = (page: Page) => page.getByRole("textbox", { name: "Source text" });

it("is read with its outline, and what was read in a wrong encoding is repaired exactly", async () => {
  const studio = await studioWith(prd);
  const page = await open(studio);
  const errors = watchErrors(page);
  await page.getByRole("article", { name: "PRD" }).getByRole("heading", { name: "Core Objectives" }).waitFor();
  await page.getByRole("button", { name: "Success Criteria" }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), patience).toBe("Success Criteria");
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Repair", exact: true }).click();
  await expect.poll(() => onDisk(studio), patience).toBe(prd.replace("â€™", "’"));
  await page.getByText("It’s small.").waitFor();
  expect(errors).toEqual([]);
});

it("is changed in its source with the keyboard: only what was typed is another, and the history says who", async () => {
  const studio = await studioWith(prd);
  const page = await open(studio, "#source");
  await source(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("And it is liked.");
  await page.getByText("Kept in this browser until you save.").waitFor();
  await page.reload();
  await expect.poll(() => source(page).inputValue(), patience).toContain("And it is liked.");
  await page.keyboard.press("Control+s");
  await expect.poll(() => onDisk(studio), patience).toBe(`${prd}And it is liked.`);
  await page.getByRole("link", { name: "History" }).click();
  await page.getByText("Changed by you").waitFor();
  await page.getByText("Change 1 of 1").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("button", { name: /Changed outside Folio/ }).click();
  await page.getByRole("button", { name: "Bring this version back" }).click();
  await expect.poll(() => onDisk(studio), patience).toBe(prd);
  const items = async () =>
    (await studio.client.json<{ items: readonly unknown[] }>("GET", "/api/task-log/items")).items;
  await expect.poll(items, patience).toHaveLength(1);
});

it("shows a change made in an editor in both tabs, and unites it with what is being written", async () => {
  const studio = await studioWith(prd);
  const [reader, writer] = [await open(studio), await open(studio, "#source")];
  await source(writer).focus();
  await writer.keyboard.press("Control+End");
  await writer.keyboard.type("Mine, at the end.");
  await studio.write(path, prd.replace("- One", "- One\r\n- Two, by an editor"));
  await reader.getByText("Two, by an editor").waitFor();
  await writer.getByText("This file changed on disk while you were editing.").waitFor();
  await writer.getByRole("button", { name: "Compare" }).click();
  await writer.getByText("Change 1 of").waitFor();
  expect(await violationsOf(writer)).toEqual([]);
  await writer.getByRole("button", { name: "Use both" }).click();
  await writer.getByRole("button", { name: /Save/ }).click();
  await expect.poll(() => onDisk(studio), patience).toContain("Mine, at the end.");
  expect(await onDisk(studio)).toContain("- Two, by an editor\r\n");
});

it("asks which one stands when both changed the same line, and overwrites nothing before", async () => {
  const studio = await studioWith(prd);
  const page = await open(studio, "#source");
  await source(page).fill(prd.replaceAll("\r\n", "\n").replace("It is used.", "It is used by me."));
  const theirs = prd.replace("It is used.", "It is used by them.");
  await studio.write(path, theirs);
  await page.getByText("You and somebody else changed the same lines.").waitFor();
  await page.keyboard.press("Control+s");
  expect(await onDisk(studio)).toBe(theirs);
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("button", { name: /Save/ }).click();
  await expect.poll(() => onDisk(studio), patience).toBe(prd.replace("It is used.", "It is used by me."));
});

it("is read and changed on a phone, in the dark, and says when it is not there", async () => {
  const studio = await studioWith(prd.replace("Tide tables", "جداول المدّ"));
  const page = await open(studio, "", { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true });
  await page.getByRole("heading", { name: "جداول المدّ" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("link", { name: "History" }).tap();
  await page.getByText("Changed outside Folio").waitFor();
  await page.goto(`${studio.url}/studio/documents/.codex/GONE.md`);
  await page.getByRole("link", { name: "Overview" }).last().waitFor();
});
