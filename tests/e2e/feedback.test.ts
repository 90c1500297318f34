import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { boardOf } from "./board-text.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { contextOf, entryOf, logOf, type Studio, startStudio, violationsOf } from "./studio-rig.ts";

const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });
const patience = { timeout: 30_000 };
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const conversation = "conversations/c1abcdefgh.chat.md";
const feedback = "feedback.jsonl";

const turn = (at: number, parent: string): string =>
  `### You <!-- message id=q${at} parent=${parent} role=user -->\n\nQuestion ${at}?\n\n` +
  `### small-model <!-- message id=a${at} parent=q${at} role=assistant model=small-model -->\n\nAnswer ${at}.\n\n`;
const chat = `---\nformat: chat.md/1\nid: c1abcdefgh\ntitle: Two answers\n---\n\n${turn(1, "root")}${turn(2, "a1")}`;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function studioWith(files: Readonly<Record<string, string>>): Promise<Studio> {
  const studio = await startStudio(files);
  onTestFinished(() => studio.end());
  return studio;
}

async function open(studio: Studio, address: string, options = {}): Promise<Page> {
  const context = await contextOf(browser, studio, { viewport: desktop, ...options });
  context.setDefaultTimeout(longestMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(studio.url + address);
  return page;
}

const textOf = (studio: Studio) => readFile(join(studio.places.folder, feedback), "utf8").catch(() => "");
const linesOf = async (studio: Studio) =>
  (await textOf(studio))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const form = (page: Page) => page.getByRole("form", { name: "What was wrong?" });
const bad = (page: Page) => page.getByRole("button", { name: "Something is wrong with it" }).last();
const focusedName = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
const tab = async (page: Page, name: string, to: string): Promise<void> => {
  for (let step = 0; step < 30; step += 1) {
    const now = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (now.includes(name)) return;
    await page.keyboard.press(to);
  }
  throw new Error(`${to} does not reach "${name}"`);
};

it("gives feedback on an answer by keys alone: one line more, and one more to take it back", async () => {
  const before = '{"id":"fb-other1","at":"2026-03-05T00:00:00.000Z","odd":1}\r\nno JSON\r\n';
  const studio = await studioWith({ [conversation]: chat, [feedback]: before });
  const page = await open(studio, "/c/c1abcdefgh");
  const errors = watchErrors(page);
  await bad(page).focus();
  await page.keyboard.press("Enter");
  await form(page).waitFor();
  await tab(page, "Too long", "Tab");
  await page.keyboard.press("Enter");
  await form(page).getByRole("button", { name: "Too long", pressed: true }).waitFor();
  await form(page).getByRole("textbox", { name: "What would have been better?" }).focus();
  await page.keyboard.type("Half of it.");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Feedback saved.").waitFor();
  await form(page).waitFor({ state: "hidden" });
  await expect.poll(() => focusedName(page), patience).toBe("Something is wrong with it");
  const text = await textOf(studio);
  expect(text.startsWith(before)).toBe(true);
  expect(text.endsWith("\r\n")).toBe(true);
  expect(JSON.parse(text.slice(before.length))).toMatchObject({
    target: { conversation: "c1abcdefgh", message: "a2" },
    rating: "down",
    reasons: ["too-long"],
    better: "Half of it.",
    model: "small-model",
  });
  await page.locator(".feedback-act[aria-pressed=true]").waitFor();
  await page.getByRole("link", { name: "Too long", exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Feedback taken back.").waitFor();
  expect((await textOf(studio)).startsWith(text)).toBe(true);
  await page.locator(".feedback-act[aria-pressed=true]").waitFor({ state: "detached" });
  expect(errors).toEqual([]);
});

it("keeps what was written when the form is closed, and follows the file in another tab", async () => {
  const studio = await studioWith({ [conversation]: chat });
  const page = await open(studio, "/c/c1abcdefgh");
  const other = await page.context().newPage();
  await other.goto(`${studio.url}/c/c1abcdefgh`);
  await bad(other).waitFor();
  await bad(page).click();
  await form(page).getByRole("textbox", { name: "Anything else" }).fill("Not finished");
  await page.keyboard.press("Escape");
  await form(page).waitFor({ state: "hidden" });
  await expect.poll(() => focusedName(page), patience).toBe("Something is wrong with it");
  await bad(page).click();
  expect(await form(page).getByRole("textbox", { name: "Anything else" }).inputValue()).toBe("Not finished");
  await form(page).getByRole("button", { name: "Save feedback" }).click();
  await other.locator(".feedback-act[aria-pressed=true]").waitFor();
  expect(await linesOf(studio)).toHaveLength(1);
});

it("gives feedback on a version of a document", async () => {
  const studio = await studioWith({ ".codex/PRD.md": "# A\n\nOne.\n" });
  const page = await open(studio, "/studio/documents/.codex/PRD.md");
  await page.getByText("One.").waitFor();
  await studio.write(".codex/PRD.md", "# A\n\nTwo.\n");
  await page.getByText("Two.").waitFor();
  await page.getByRole("link", { name: "History" }).first().click();
  await page.getByRole("button", { name: "Good version" }).first().click();
  await page.getByRole("form", { name: "What was good?" }).getByRole("button", { name: "Save feedback" }).click();
  await page.getByText("Feedback saved.").waitFor();
  const [line] = await linesOf(studio);
  expect(line).toMatchObject({ rating: "up", target: { document: ".codex/PRD.md" } });
});

const said = { id: "fb-01jz2y", at: "2026-03-05T09:00:00.000Z", target: { conversation: "c1abcdefgh", message: "a1" } };
const given = [
  { ...said, rating: "down", reasons: ["wrong", "a word of ours"], text: "It made it up." },
  { ...said, id: "fb-aaaaaa", rating: "down", reasons: ["tone"] },
  { ...said, id: "fb-bbbbbb", rating: "up", reasons: [] },
];
const walked = {
  [conversation]: chat,
  [feedback]: `${given.map((line) => JSON.stringify(line)).join("\n")}\nnot JSON at all\n`,
  ".codex/PRD.md": "# A\n\nOne.\n",
  ".codex/PROPOSED-TASKS.md": boardOf([
    { key: "pt-aaaaaa", title: "Name its sources", status: "in-progress", source: "feedback `fb-01jz2y`" },
  ]),
  ".codex/TASK-LOG.json": logOf([{ ...entryOf(1), proposal: "pt-aaaaaa", feedback: "fb-01jz2y" }]),
};

it("walks from feedback to the document and back", async () => {
  const studio = await studioWith(walked);
  const page = await open(studio, "/studio/feedback");
  await page.getByText("Wrong or made up, a word of ours").waitFor();
  await page.getByText("Line 4 cannot be read").waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: "It made it up." })
    .getByRole("button", { name: "What became of it" })
    .click();
  const chain = page.locator(".side-panel .chain");
  await chain.getByRole("link", { name: ".codex/PRD.md" }).waitFor();
  await chain.getByRole("link", { name: "Work number 1 is done." }).waitFor();
  await chain.getByRole("link", { name: "Name its sources" }).click();
  await expect.poll(() => page.url(), patience).toContain("/studio/proposals?id=pt-aaaaaa");
  await chain.getByRole("link", { name: "Work number 1 is done." }).click();
  await expect.poll(() => page.url(), patience).toContain("/studio/log?ref=");
  await page.locator(".side-panel").getByRole("link", { name: "pt-aaaaaa" }).click();
  await chain.getByRole("link", { name: ".codex/PRD.md" }).click();
  await expect.poll(() => page.url(), patience).toContain("/studio/documents/.codex/PRD.md#history");
  await page.goBack();
  await chain.getByRole("link", { name: /^Wrong or made up/ }).click();
  await expect.poll(() => page.url(), patience).toContain("/studio/feedback?id=fb-01jz2y");
});

it("walks to all the feedback that a proposal came from, and to what was logged for any of it", async () => {
  const source = "feedback `fb-01jz2y`, `fb-aaaaaa`, `fb-bbbbbb`";
  const studio = await studioWith({
    ...walked,
    ".codex/PROPOSED-TASKS.md": boardOf([{ key: "pt-aaaaaa", title: "Name its sources", status: "accepted", source }]),
    ".codex/TASK-LOG.json": logOf([{ ...entryOf(1), feedback: "fb-aaaaaa, fb-bbbbbb" }]),
  });
  const page = await open(studio, "/studio/proposals?id=pt-aaaaaa");
  const chain = page.locator(".side-panel .chain");
  await chain.getByText("fb-aaaaaa").waitFor();
  expect(await chain.getByText(/^fb-/).allTextContents()).toEqual(["fb-bbbbbb", "fb-aaaaaa", "fb-01jz2y"]);
  await chain.getByRole("link", { name: "Work number 1 is done." }).waitFor();
});

it("presses the thumbs of the message that has the focus by + and -, but not while one writes", async () => {
  const studio = await studioWith({ [conversation]: chat });
  const page = await open(studio, "/c/c1abcdefgh");
  await bad(page).waitFor();
  await page.locator("article[data-id=a1]").focus();
  await page.keyboard.press("-");
  await form(page).waitFor();
  await form(page).getByRole("textbox", { name: "Anything else" }).fill("a");
  await page.keyboard.type("+-");
  await page.keyboard.press("Control+Enter");
  await page.getByText("Feedback saved.").waitFor();
  expect(await linesOf(studio)).toMatchObject([{ rating: "down", text: "a+-", target: { message: "a1" } }]);
  await page.locator("article[data-id=a2]").focus();
  await page.keyboard.press("+");
  await page.getByRole("form", { name: "What was good?" }).waitFor();
});

it("hands to the agent what is in no proposal yet, as it was chosen", async () => {
  const studio = await studioWith(walked);
  const page = await open(studio, "/studio/feedback");
  const ask = page.getByRole("link", { name: /into proposals$/ });
  await expect.poll(() => ask.getAttribute("href"), patience).toContain("feedback=fb-aaaaaa");
  expect(await page.getByRole("checkbox", { name: "Turn fb-01jz2y into a proposal" }).count()).toBe(0);
  await page.getByRole("checkbox", { name: "Turn fb-bbbbbb into a proposal" }).check();
  await page.getByRole("link", { name: "Turn 2 into proposals" }).waitFor();
  expect(
    new URL(`http://x${await ask.getAttribute("href")}`).searchParams.get("feedback")?.split(",").toSorted(),
  ).toEqual(["fb-aaaaaa", "fb-bbbbbb"]);
});

it("adds the agent that a roster lacks by one click, and names the chosen feedback in what it is asked", async () => {
  const own =
    "# AGENTS.md\n\n## Agent: `mine`\n\n- **Role:** R\n- **Goal:** Keep `.codex/PRD.md`.\n- **Backstory:** B\n";
  const studio = await studioWith({ ...walked, ".codex/AGENTS.md": own });
  const page = await open(studio, "/studio/feedback");
  await page.getByRole("link", { name: "Turn 1 into proposals" }).click();
  await page.getByText("feedback_interpreter is not in the roster.").waitFor();
  const chosen = page.getByRole("region", { name: "Feedback that it is given" });
  await chosen.getByText("Two answers").waitFor();
  await page.getByRole("button", { name: "Add feedback_interpreter to the roster" }).click();
  await expect.poll(() => page.getByLabel("Agent", { exact: true }).inputValue()).toBe("feedback_interpreter");
  expect(await page.getByLabel("Goal", { exact: true }).inputValue()).toContain("fb-aaaaaa");
  const text = await readFile(join(studio.places.folder, ".codex/AGENTS.md"), "utf8");
  expect(text.startsWith(own)).toBe(true);
  expect(text).toContain("## Agent: `feedback_interpreter`");
});

it.each([
  { colorScheme: "light" as const, viewport: desktop },
  { colorScheme: "dark" as const, viewport: phone, hasTouch: true },
])("has nothing that axe objects to, $colorScheme", async (options) => {
  const studio = await studioWith(walked);
  const page = await open(studio, "/studio/feedback?id=fb-01jz2y", options);
  const errors = watchErrors(page);
  await page.locator(".side-panel .chain a").first().waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${studio.url}/studio/feedback`);
  await page.getByText("It made it up.").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${studio.url}/c/c1abcdefgh`);
  await bad(page).click();
  await form(page).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  const box = await form(page).boundingBox();
  expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= options.viewport.width).toBe(true);
  expect(errors).toEqual([]);
});
