import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import type { AgentRunView } from "../../shared/agents.ts";
import { type AnswerServer, startAnswerServer } from "../agents/answer-server.ts";
import { answerOf } from "../agents/scripted-answers.ts";
import { type Desk, openDesk } from "./agents-rig.ts";
import { launchBrowser, watchErrors } from "./browser.ts";
import { contextOf, violationsOf } from "./studio-rig.ts";

const patience = { timeout: 30_000 };
// A browser on a slow, busy machine takes its time; what never comes still fails.
const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });
const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const target = ".codex/PRD.md";
const prd = "# Parcel\n\n## Project Name\n\nParcel tells where a parcel is.\n\n## Target Users\n\nSenders.\n";
const better = prd.replace("Senders.", "Senders and receivers.");

let browser: Browser;
let upstream: AnswerServer;
beforeAll(async () => {
  browser = await launchBrowser();
  upstream = await startAnswerServer();
});
afterAll(async () => {
  await browser?.close();
  await upstream?.close();
});

const deskWith = (files: Readonly<Record<string, string>>): Promise<Desk> => openDesk(upstream, files);

async function open(desk: Desk, path: string, options: Parameters<typeof contextOf>[2] = {}): Promise<Page> {
  const context = await contextOf(browser, desk, { viewport: desktop, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(longestMs);
  await page.goto(desk.url + path);
  return page;
}

const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Write a message" });
const beside = (run: AgentRunView): string => `/studio/documents/${target}?run=${run.id}`;

it("calls an agent from a new conversation, and accepts its change with keys alone", async () => {
  const desk = await deskWith({ [target]: prd });
  upstream.answer("Name the receivers too", answerOf(better, target, "Named the receivers."));
  const page = await open(desk, "/");
  const errors = watchErrors(page);
  await composer(page).pressSequentially("@doc");
  const list = page.getByRole("listbox", { name: "Agents" });
  await list.getByRole("option", { name: "@doc_writer" }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("Tab");
  await list.waitFor({ state: "detached" });
  await page.keyboard.type("Name the receivers too");
  await page.keyboard.press("Enter");
  const answer = page.locator(".message-answer");
  await answer.getByText("waits for you").waitFor();
  await answer.getByText("Senders and receivers.").waitFor();
  await answer.getByText("Log entry, written on accept").click();
  await answer.getByText('"task_id"').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await answer.getByRole("button", { name: "Accept and write" }).focus();
  await page.keyboard.press("Control+Enter");
  await answer.getByText(/Wrote/).waitFor();
  expect(await desk.text(target)).toBe(better);
  expect(await desk.log()).toMatchObject([
    { task_id: "task-001", agent: "doc_writer", summary: "Named the receivers.", output_files: [target] },
  ]);
  await expect.poll(() => composer(page).inputValue(), patience).toBe("");
  await page.reload();
  await answer.getByText(/Wrote/).waitFor();
  await answer.getByRole("link", { name: "Open the run" }).click();
  await page.getByText("logged as").waitFor();
  expect(errors).toEqual([]);
});

it("sends an unknown name as an ordinary message, and a call without a goal not at all", async () => {
  const desk = await deskWith({});
  upstream.answer("@nobody what do you think", "An ordinary answer.");
  const page = await open(desk, "/");
  await composer(page).fill("@doc_writer");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.getByText("Say what doc_writer shall do, after its name.").waitFor();
  expect(await composer(page).inputValue()).toBe("@doc_writer");
  await composer(page).fill("@nobody what do you think");
  await page.keyboard.press("Enter");
  await page.getByText("An ordinary answer.").waitFor();
});

it("makes a PRD from a conversation by its menu", async () => {
  const desk = await deskWith({});
  upstream.answer("Where is my parcel?", "On its way.");
  const page = await open(desk, "/");
  await composer(page).fill("Where is my parcel?");
  await page.keyboard.press("Enter");
  await page.getByText("On its way.").waitFor();
  upstream.answer("Make a PRD from this conversation", answerOf(prd, target, "Made a PRD."));
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Make a PRD from this conversation" }).click();
  await page.getByRole("button", { name: "Accept and write" }).click();
  await page.getByText(/Wrote/).waitFor();
  expect(await desk.text(target)).toBe(prd);
  expect(JSON.stringify(upstream.asked().at(-1))).toContain("Where is my parcel?");
});

it("shows a change in its document, and rejects it with a reason", async () => {
  const desk = await deskWith({ [target]: prd });
  const run = await desk.run("doc_writer", "Name them all", answerOf(better, target, "Named them."));
  const page = await open(desk, `/studio/documents/${target}`);
  await page.getByText("doc_writer proposes a change.").waitFor();
  await page.getByRole("link", { name: "Review", exact: true }).click();
  const panel = page.getByRole("region", { name: "Run: doc_writer" });
  await panel.getByText("waits for you").waitFor();
  await page.getByRole("group", { name: "Added" }).getByText("Senders and receivers.").waitFor();
  await panel.getByRole("button", { name: "whole input" }).click();
  await panel.getByText("Exactly what was sent").waitFor();
  await panel.getByRole("button", { name: "Replay" }).click();
  await panel.getByText("Identical: the same events, the same answer.").waitFor();
  await panel.getByRole("button", { name: "Reject…" }).click();
  const dialog = page.getByRole("dialog", { name: "Reject this answer?" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), patience).toBe("Keep reviewing");
  await dialog.getByRole("textbox").fill("Too short");
  await dialog.getByRole("button", { name: "Reject", exact: true }).click();
  await panel.getByText("Rejected. PRD.md was not changed.").waitFor();
  expect(await desk.text(target)).toBe(prd);
  const { status } = await desk.client.json<AgentRunView>("GET", `/api/agents/runs/${run.id}`);
  expect(status).toBe("rejected");
});

it("edits first, takes some of the changes, and asks for another version", async () => {
  const desk = await deskWith({ [target]: prd });
  const two = better.replace("tells where", "says where");
  const page = await open(desk, beside(await desk.run("doc_writer", "Two places", answerOf(two, target, "Two."))));
  const panel = page.getByRole("region", { name: "Run: doc_writer" });
  await panel.getByRole("button", { name: "Pick changes" }).click();
  await panel.getByRole("checkbox", { name: "Take change 1" }).uncheck();
  await panel.getByRole("button", { name: "Write 1 of 2 changes" }).click();
  await panel.getByText("logged as").waitFor();
  expect(await desk.text(target)).toBe(better);

  const again = answerOf(`${better}\nMore.\n`, target, "More.");
  await page.goto(desk.url + beside(await desk.run("doc_writer", "More of it", again)));
  await panel.getByRole("button", { name: "Edit first" }).click();
  await panel.getByRole("textbox", { name: "The document as it will be written" }).fill(`${better}\nBy hand.\n`);
  await page.keyboard.press("Control+Enter");
  await panel.getByText("logged as").waitFor();
  expect(await desk.text(target)).toBe(`${better}\nBy hand.\n`);

  upstream.answer("And shorter", answerOf("# Parcel\n\nShort.\n", target, "Short."));
  await panel.getByRole("textbox", { name: "Ask doc_writer for another version" }).fill("And shorter");
  await page.keyboard.press("Enter");
  await panel.getByText("waits for you").waitFor();
  await panel.getByText("Another version of an earlier run").waitFor();
});

it("asks to compare again when the document has changed, and writes both", async () => {
  const desk = await deskWith({ [target]: prd });
  const page = await open(desk, beside(await desk.run("doc_writer", "Stale one", answerOf(better, target, "Named."))));
  const panel = page.getByRole("region", { name: "Run: doc_writer" });
  await panel.getByRole("button", { name: "Accept and write" }).waitFor();
  await desk.write(target, prd.replace("# Parcel", "# Parcel by hand"));
  await panel.getByText("The document has changed since this was made.").waitFor();
  await panel.getByRole("button", { name: "Accept and write" }).waitFor({ state: "detached" });
  await panel.getByRole("button", { name: "Compare again" }).click();
  await panel.getByText("both changes fit together").waitFor();
  await page.keyboard.press("Control+Enter");
  await panel.getByText("logged as").waitFor();
  expect(await desk.text(target)).toBe(better.replace("# Parcel", "# Parcel by hand"));
});

it("says why an answer was refused, and keeps it whole", async () => {
  const desk = await deskWith({ [target]: prd });
  const run = await desk.run("doc_writer", "Nothing at all", answerOf(prd, target, "The same."));
  expect(run.status).toBe("refused");
  const page = await open(desk, `/studio/runs/${run.id}`);
  await page.getByText(run.reason?.title ?? "?", { exact: true }).waitFor();
  await page.getByText("The full answer").click();
  await page.getByText("Once complete, invoke task_logger").waitFor();
  upstream.answer("Nothing at all", answerOf(better, target, "Something."));
  await page.getByRole("button", { name: "Ask again" }).click();
  await page.getByRole("button", { name: "Accept and write" }).waitFor();
});

it("starts a project and writes four documents after four approvals", async () => {
  const desk = await deskWith({});
  const roster =
    "# Agents\n\n## Agent: `planner`\n\n- **Role:** Planner\n- **Goal:** Plan.\n- **Backstory:** Quiet.\n- **Writes:** `.codex/PROPOSED-TASKS.md`\n";
  const board = `# PROPOSED-TASKS.md

Suggested work.

---

## Task: \`pt-7k2m9q\` — Track one parcel

- **Status:** proposed
- **Agent:** \`backend_specialist\`
- **Proposed by:** \`planner\`
- **Date:** 2026-01-02

### Description

One page.

### Acceptance criteria

- [ ] It shows where the parcel is.
`;
  const steps = [
    ["PRD.md", prd],
    ["ARCHITECTURE.md", "# Parcel: Architecture\n\n## Overview\n\nOne page and one file.\n"],
    ["AGENTS.md", roster],
    ["PROPOSED-TASKS.md", board],
  ] as const;
  for (const [file, text] of steps)
    upstream.answer(`into .codex/${file}.`, answerOf(text, `.codex/${file}`, `Wrote ${file}.`));
  const page = await open(desk, "/studio");
  const errors = watchErrors(page);
  await page.getByRole("link", { name: "Start a project" }).first().click();
  await page.getByRole("button", { name: "Start", exact: true }).click();
  await page.getByText("A project needs a name.").waitFor();
  await page.getByRole("textbox", { name: "Name" }).fill("Parcel");
  await page.getByRole("textbox", { name: "What is it for?" }).fill("To know where a parcel is.");
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole("button", { name: "Start", exact: true }).click();
  for (const [file] of steps) {
    await page.locator(".project-step[aria-current]").getByText(file).waitFor();
    await page.locator(".project-step[aria-current]").getByText("waits for you").waitFor();
    await page.getByRole("button", { name: "Accept and write" }).click();
  }
  await page.getByText("All four documents are written.").waitFor();
  for (const [file, text] of steps) expect(await desk.text(`.codex/${file}`)).toBe(text);
  expect((await desk.log()).map(({ agent }) => agent)).toEqual(["doc_writer", "doc_writer", "doc_writer", "planner"]);
  expect(errors).toEqual([]);
});

it("changes the roster in its place, and runs an agent of it on a scratch goal", async () => {
  const desk = await deskWith({});
  const page = await open(desk, "/studio/roster");
  await page.getByText("There is no roster yet.").waitFor();
  await page.getByRole("button", { name: "Write them into .codex/AGENTS.md" }).click();
  await page.getByText("There is no roster yet.").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "planner", exact: true }).click();
  const panel = page.getByRole("region", { name: "planner" });
  await panel.getByRole("button", { name: "Change Role" }).click();
  await panel.getByRole("textbox", { name: "Role" }).fill("Planner of small steps");
  await page.keyboard.press("Enter");
  await panel.getByText("Planner of small steps", { exact: true }).waitFor();
  await expect.poll(() => desk.text(".codex/AGENTS.md"), patience).toContain("Planner of small steps");
  await panel.getByRole("button", { name: "Try on a scratch goal" }).click();
  upstream.answer("Only a try", answerOf("# Proposed Tasks\n", ".codex/PROPOSED-TASKS.md", "Nothing."));
  const form = page.getByRole("region", { name: "Run an agent" });
  await form.getByRole("textbox", { name: "Goal" }).fill("Only a try");
  expect(await form.getByRole("checkbox", { name: "Try on a scratch goal" }).isChecked()).toBe(true);
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText("scratch, writes nothing").waitFor();
  await expect.poll(() => desk.text(".codex/PROPOSED-TASKS.md").catch(() => "none"), patience).toBe("none");
});

it.each([
  { colorScheme: "light" as const, viewport: desktop },
  { colorScheme: "dark" as const, viewport: phone },
])("has nothing that axe objects to, $colorScheme", async (options) => {
  const desk = await deskWith({ ".codex/ARCHITECTURE.md": "# Parcel\n\n## Overview\n\nOne page.\n" });
  const run = await desk.run("doc_writer", "Write the PRD", answerOf(prd, target, "Wrote it."));
  const page = await open(desk, "/studio/runs", options);
  const errors = watchErrors(page);
  await page.getByRole("link", { name: "doc_writer" }).first().waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${desk.url}/studio/runs/${run.id}`);
  await page.getByRole("button", { name: "whole input" }).click();
  await page.getByText("Exactly what was sent").waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${desk.url}/studio/roster?agent=planner`);
  await page.getByRole("button", { name: "Try on a scratch goal" }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.goto(`${desk.url}/studio/roster?run=planner`);
  await page.getByRole("textbox", { name: "Goal" }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  expect(errors).toEqual([]);
});
