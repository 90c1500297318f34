/** What the board and the pages of runs show of runs that are not over. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import { type AnswerServer, startAnswerServer } from "../agents/answer-server.ts";
import { answerOf, prd } from "../agents/scripted-answers.ts";
import { openDesk } from "./agents-rig.ts";
import { boardOf } from "./board-text.ts";
import { launchBrowser } from "./browser.ts";
import { contextOf, type Studio } from "./studio-rig.ts";

const longestMs = 60_000;
vi.setConfig({ testTimeout: 4 * longestMs, hookTimeout: 2 * longestMs });
const patience = { timeout: 30_000 };
const target = ".codex/PRD.md";
const board = boardOf([{ key: "pt-aaaaaa", title: "Say who receives", status: "accepted" }]);

let browser: Browser;
let upstream: AnswerServer;
beforeAll(async () => {
  [browser, upstream] = await Promise.all([launchBrowser(), startAnswerServer()]);
});
afterAll(() => Promise.all([browser?.close(), upstream?.close()]));

async function open(studio: Studio, address: string): Promise<Page> {
  const context = await contextOf(browser, studio, { viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(longestMs);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(studio.url + address);
  return page;
}

it("shows on a card that a run for it is at work, then that it waits, and leads to the decision", async () => {
  const desk = await openDesk(upstream, { ".codex/PROPOSED-TASKS.md": board, [target]: prd });
  const page = await open(desk, "/studio/proposals");
  const card = page.locator("[data-card=pt-aaaaaa]");
  await card.waitFor();
  expect(await card.locator(".card-run").count()).toBe(0);
  const goal = "Name the receivers slowly";
  const pace = { latency: 400, chunkSize: 10 };
  upstream.answer(goal, answerOf(`${prd}\nReceivers.\n`, target, "Named them."), pace);
  const asked = { id: newUlid(), agent: "doc_writer", goal, proposal: "pt-aaaaaa", ...desk.choice };
  await desk.client.json("POST", "/api/agents/runs", asked);
  const run = card.getByRole("link", { name: /@doc_writer/ });
  await run.getByText("running").waitFor();
  expect(await run.getAttribute("href")).toBe(`/studio/runs/${asked.id}`);
  await run.getByText("waits for you").waitFor();
  await run.click();
  await page.getByRole("button", { name: "Accept and write" }).click();
  await page.getByText("logged as").waitFor();
  await page.goBack();
  await card.waitFor();
  await expect.poll(() => card.locator(".card-run").count(), patience).toBe(0);
});

const roster = `# AGENTS.md

## Agent: \`doc_writer\`

- **Role:** Writer
- **Goal:** Write \`.codex/PRD.md\`.
- **Backstory:** Patient.
- **Writes:** \`.codex/PRD.md\`
- **Reads:** \`secret.txt\`
`;

it("shows a file that an agent may not read as refused", async () => {
  const desk = await openDesk(upstream, { ".codex/AGENTS.md": roster, [target]: prd, "secret.txt": "Nobody's." });
  const { id } = await desk.run("doc_writer", "Read it", answerOf(`${prd}\nMore.\n`, target, "Wrote."));
  const page = await open(desk, `/studio/runs/${id}`);
  await page.locator(".input-chip", { hasText: "secret.txt" }).getByText("refused").waitFor();
  await page.getByRole("button", { name: "whole input" }).click();
  await page.locator(".input-part", { hasText: "secret.txt" }).getByText("agents may not read it").waitFor();
});
