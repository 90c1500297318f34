/** Addresses of single messages, and answers of agents that are asked for again. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { type AnswerServer, startAnswerServer } from "../agents/answer-server.ts";
import { answerOf, prd } from "../agents/scripted-answers.ts";
import { openDesk } from "./agents-rig.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { contextOf, type Studio, startStudio } from "./studio-rig.ts";

const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });
const patience = { timeout: 30_000 };
const path = "conversations/c1abcdefgh.chat.md";

let browser: Browser;
let upstream: AnswerServer;
beforeAll(async () => {
  [browser, upstream] = await Promise.all([launchBrowser(), startAnswerServer()]);
});
afterAll(() => Promise.all([browser?.close(), upstream?.close()]));

const turn = (at: number, parent: string): string =>
  `### You <!-- message id=q${at} parent=${parent} role=user -->\n\nQuestion ${at}?\n\n` +
  `### small-model <!-- message id=a${at} parent=q${at} role=assistant model=small-model -->\n\nAnswer ${at}.\n\n`;
const front = "---\nformat: chat.md/1\nid: c1abcdefgh\ntitle: Many answers\n---\n\n";

async function studioWith(files: Readonly<Record<string, string>>): Promise<Studio> {
  const studio = await startStudio(files);
  onTestFinished(() => studio.end());
  return studio;
}

async function open(studio: Studio, address: string): Promise<Page> {
  const context = await contextOf(browser, studio, { viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(longestMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(studio.url + address);
  return page;
}

const focusedMessage = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("data-id"));
/** Where the message stands in the window, from its upper edge. */
const topOf = async (page: Page, id: string) => (await page.locator(`article[data-id=${id}]`).boundingBox())?.y;

it("leads from feedback to the answer that it is about, far up among 10,000 messages", async () => {
  const turns = Array.from({ length: 5000 }, (_, at) => turn(at + 1, at === 0 ? "root" : `a${at}`));
  const about = { conversation: "c1abcdefgh", message: "a40" };
  const studio = await studioWith({
    [path]: front + turns.join(""),
    "feedback.jsonl": `${JSON.stringify({ id: "fb-aaaaaa", at: "2026-03-05T09:00:00.000Z", target: about, rating: "down", reasons: ["wrong"] })}\n`,
  });
  const page = await open(studio, "/studio/feedback");
  const errors = watchErrors(page);
  await page.getByRole("link", { name: "Open the answer" }).click();
  const found = page.locator("article[data-found]");
  await found.waitFor();
  expect(await found.getAttribute("data-id")).toBe("a40");
  await expect.poll(() => focusedMessage(page), patience).toBe("a40");
  await found.waitFor({ state: "detached" });
  const top = (await topOf(page, "a40")) ?? -1;
  expect(top).toBeGreaterThan(0);
  expect(top).toBeLessThan(450);
  expect(errors).toEqual([]);
});

it("shows a message of another branch, and the one before again", async () => {
  const other = turn(3, "q1")
    .replace(/### You[^]*?(?=### small)/, "")
    .replace("parent=q3", "parent=q1");
  const studio = await studioWith({ [path]: `${front}${turn(1, "root")}${turn(2, "a1")}${other}` });
  const page = await open(studio, "/c/c1abcdefgh?message=a2");
  await expect.poll(() => focusedMessage(page), patience).toBe("a2");
  await page.getByText("Another version is shown now").waitFor();
  await page.getByRole("button", { name: "Show the one before" }).click();
  await page.getByText("Answer 3.").waitFor();
  await expect.poll(() => readFile(join(studio.places.folder, path), "utf8"), patience).toContain("head: a3");
});

it("says that a message is not there any more", async () => {
  const studio = await studioWith({ [path]: front + turn(1, "root") });
  const page = await open(studio, "/c/c1abcdefgh?message=gone");
  await page.getByText("That message is not in the conversation any more.").waitFor();
  await page.getByText("Answer 1.").waitFor();
});

it("asks the agent again by R: a new run as another version, not an answer of the chat's model", async () => {
  const desk = await openDesk(upstream, {});
  upstream.answer("Write it by keys", answerOf(prd, ".codex/PRD.md", "Wrote it."));
  const page = await open(desk, "/");
  await page.getByRole("textbox").last().fill("@doc_writer Write it by keys");
  await page.keyboard.press("Enter");
  const card = page.getByRole("group", { name: "Run: doc_writer" });
  await card.getByRole("button", { name: "Reject" }).waitFor();
  const runs = async () => (await desk.client.json<{ total: number }>("GET", "/api/agents/runs")).total;
  expect(await runs()).toBe(1);
  await page.locator("article[data-id]").last().focus();
  await page.keyboard.press("r");
  await page.getByText("2 of 2").waitFor();
  await expect.poll(runs, patience).toBe(2);
  await card.getByRole("button", { name: "Reject" }).waitFor();
  expect(upstream.asked().filter((body) => JSON.stringify(body).includes("You are `doc_writer`"))).toHaveLength(2);
  expect(upstream.asked()).toHaveLength(2);
});
