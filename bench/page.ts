/** The page in a real Chromium: how soon it is there, how soon tokens are painted, what an answer costs. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { BrowserContext, Page } from "playwright-core";
import type { BenchContext, Section } from "./bench-context.ts";
import { startFolio, startSimulator } from "./bench-processes.ts";
import { chromiumPath, clockOffset, droppedFrames, launchChromium, signedIn, watch } from "./browser.ts";
import { numberedId, writeConversation } from "./conversation-files.ts";
import { atMost, type Figure, told } from "./figure.ts";
import { largest, median, percentile } from "./figures.ts";
import { type FolioAddress, FolioClient } from "./folio-client.ts";
import { markdownTokens } from "./markdown-answer.ts";
import { type SimulatorPlan, writePlan } from "./simulator-plan.ts";

const COMPOSER = "textarea";
const LONG_ID = numberedId("c", 1);
const LONG_MESSAGES = 10_000;
const LAST_WORDS = "These are the last words of it.";

interface Stage {
  readonly address: FolioAddress;
  readonly browserContext: BrowserContext;
  readonly newBrowser: () => Promise<BrowserContext>;
  readonly isQuick: boolean;
}

const url = (stage: Stage, path: string): string => `http://127.0.0.1:${stage.address.port}${path}`;

async function choose(stage: Stage, plan: Partial<SimulatorPlan>): Promise<void> {
  const client = new FolioClient(stage.address);
  await client.choose(writePlan(plan));
  client.close();
}

/** A page on a new conversation whose answers follow `plan`. */
async function openNew(stage: Stage, plan: Partial<SimulatorPlan>): Promise<Page> {
  await choose(stage, plan);
  const page = await stage.browserContext.newPage();
  await page.goto(url(stage, "/"));
  await composerReady(page);
  return page;
}

const composerReady = (page: Page) => page.evaluate<number>("folioProbe.composerReady");

async function ask(page: Page): Promise<void> {
  await page.locator(COMPOSER).first().fill("What does a stream do with memory?");
  await page.keyboard.press("Enter");
}

/** Until no answer is being written: the stop button comes and goes. */
async function answered(page: Page, timeout: number): Promise<void> {
  const stop = page.locator(".composer-stop");
  await stop.waitFor({ state: "visible", timeout: 2000 }).catch(() => undefined);
  await stop.waitFor({ state: "detached", timeout });
}

async function firstVisit(stage: Stage): Promise<Figure[]> {
  const paints: number[] = [];
  const ready: number[] = [];
  const script: number[] = [];
  // Without a model the page would be the one for setting up, soon after its composer.
  await choose(stage, { tokens: 20 });
  for (let time = 0; time < (stage.isQuick ? 4 : 8); time += 1) {
    const context = await stage.newBrowser();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    session.on("Network.responseReceived", ({ requestId, type }) => type === "Script" && scripts.add(requestId));
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(url(stage, "/"));
    ready.push(await composerReady(page));
    script.push(bytes / 1000);
    paints.push(await page.evaluate<number>("folioProbe.firstPaint"));
    await context.close();
  }
  return [
    atMost("P-7", "JavaScript on the wire when the composer is ready", median(script.slice(1)), 150, "kB"),
    atMost("P-7", "first contentful paint", median(paints.slice(1)), 300, "ms"),
    atMost("P-7", "composer ready", median(ready.slice(1)), 450, "ms"),
  ];
}

async function firstToken(stage: Stage): Promise<Figure[]> {
  const page = await openNew(stage, { tokens: 20 });
  await page.evaluate("folioProbe.watch({ stamps: true })");
  const times: number[] = [];
  for (let time = 0; time < (stage.isQuick ? 6 : 16); time += 1) {
    const first = page.evaluate<number>("folioProbe.nextFirstToken()");
    await ask(page);
    times.push(await first);
    await answered(page, 10_000);
    await pause(100);
  }
  await page.close();
  return [atMost("P-7", "Enter to first token painted", median(times.slice(1)), 60, "ms")];
}

async function tokenLag(stage: Stage): Promise<Figure[]> {
  const tokens = stage.isQuick ? 100 : 300;
  const page = await openNew(stage, { tokens, rate: 20 });
  const offset = await clockOffset(page);
  const { lags } = await watch(page, { stamps: true }, async () => {
    await ask(page);
    await answered(page, (tokens / 20) * 1000 + 20_000);
  });
  await page.close();
  const seen = lags.map((lag) => lag - offset);
  if (seen.length !== tokens) throw new Error(`${seen.length} of ${tokens} tokens were seen on the page`);
  return [
    atMost("P-7", "token sent to painted, p50", median(seen), 20, "ms"),
    atMost("P-7", "token sent to painted, p99", percentile(seen, 0.99), 50, "ms"),
  ];
}

/** A Markdown answer of 2,000 tokens, 100 a second, beside the same text in one growing text node. */
async function longAnswer(stage: Stage): Promise<Figure[]> {
  const tokens = stage.isQuick ? 500 : 2000;
  const share = tokens / 2000;
  const page = await openNew(stage, { tokens, rate: 100, text: "markdown" });
  const folio = await watch(page, { stamps: false }, async () => {
    await ask(page);
    await answered(page, tokens * 10 + 30_000);
  });
  await page.close();
  const blank = await stage.browserContext.newPage();
  await blank.goto("about:blank");
  const words = Array.from({ length: tokens }, (_, index) => markdownTokens[index % markdownTokens.length]);
  const bare = await watch(blank, { stamps: false }, () =>
    blank.evaluate(`folioProbe.appendBare(${JSON.stringify(words)}, 100)`),
  );
  await blank.close();
  const name = `Markdown answer, ${tokens} tokens:`;
  return [
    atMost("P-7", `${name} scripting in all`, folio.scriptMs, 400 * share, "ms", bare.scriptMs),
    atMost("P-7", `${name} main thread in all`, folio.taskMs, 4000 * share, "ms", bare.taskMs),
    atMost("P-7", `${name} dropped frames`, droppedFrames(folio.frames), 5, "", droppedFrames(bare.frames)),
    atMost("P-7", `${name} long tasks`, folio.longTasks, 0, "", bare.longTasks),
    told("", `${name} longest frame`, largest(folio.frames), "ms", largest(bare.frames)),
  ];
}

async function longConversation(stage: Stage): Promise<Figure[]> {
  const page = await openNew(stage, { tokens: 20 });
  const link = `a[href$="${LONG_ID}"]`;
  await page.locator(link).first().waitFor({ timeout: 20_000 });
  const shown = await page.evaluate<number>(`folioProbe.clickUntil('${link}', '${LAST_WORDS}')`);
  const usable = await watch(page, { stamps: false }, () => page.keyboard.type("a"));
  const typed = await watch(page, { stamps: false }, () =>
    page.keyboard.type("the memory stays flat however long the file is", { delay: 30 }),
  );
  await page.mouse.move(700, 450);
  const scrolled = await watch(page, { stamps: false }, async () => {
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, step % 40 < 30 ? -400 : 700);
      await pause(30);
    }
  });
  const still = await watch(page, { stamps: false }, () => pause(1500));
  await page.close();
  const usableMs = shown + largest(usable.keys);
  return [
    atMost("P-7", `${LONG_MESSAGES} messages: shown`, shown, 300, "ms"),
    atMost("P-7", `${LONG_MESSAGES} messages: usable`, usableMs, 500, "ms"),
    atMost("P-7", `${LONG_MESSAGES} messages: scrolling, frame p99`, percentile(scrolled.frames, 0.99), 20, "ms"),
    atMost("P-7", `${LONG_MESSAGES} messages: key to frame p99`, percentile(typed.keys, 0.99), 33, "ms"),
    told("", "the same page at rest, frame p99", percentile(still.frames, 0.99), "ms"),
  ];
}

async function hugePaste(stage: Stage): Promise<Figure[]> {
  const page = await openNew(stage, { tokens: 20 });
  await page.locator(COMPOSER).first().focus();
  const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index} of a log that somebody pastes`).join("\n");
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(lines)})`);
  const painted = page.evaluate<number>("folioProbe.nextPaste()");
  await page.keyboard.press("Control+V");
  const pasted = await painted;
  const { keys } = await watch(page, { stamps: false }, () => page.keyboard.type("b"));
  await page.close();
  return [
    atMost("P-7", "20,000 lines pasted, until painted", pasted, 100, "ms"),
    told("", "… key to frame after it", largest(keys), "ms"),
  ];
}

/** A page that hangs must not hang the run. */
const PART_LIMIT_MS = 90_000;

async function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value> {
  const timer = new AbortController();
  const late = pause(limitMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`not done in ${limitMs / 1000} s`);
  });
  late.catch(() => undefined);
  return Promise.race([work, late]).finally(() => timer.abort());
}

const parts = { firstVisit, firstToken, tokenLag, longAnswer, longConversation, hugePaste };

async function measure(context: BenchContext): Promise<readonly Figure[]> {
  const executable = chromiumPath();
  if (executable === undefined) {
    context.say("no Chromium here: apt-get install -y --no-install-recommends chromium");
    return [];
  }
  await using stack = new AsyncDisposableStack();
  const workspace = join(context.folder, "page");
  mkdirSync(workspace);
  const shape = { title: "A conversation that never ended", messages: LONG_MESSAGES, bytesPerMessage: 300, seed: 1 };
  writeConversation(workspace, { ...shape, id: LONG_ID, ending: LAST_WORDS });
  const simulator = await startSimulator(context.folder);
  stack.defer(simulator.stop);
  const folio = await startFolio({ ...context, workspace });
  stack.defer(folio.stop);
  const address = await folio.address(simulator.port);
  const browser = await launchChromium(executable);
  stack.defer(() => browser.close());
  const newBrowser = () => signedIn(browser, address);
  const stage = { address, newBrowser, browserContext: await newBrowser(), isQuick: context.isQuick };
  const figures: Figure[] = [];
  for (const [name, part] of Object.entries(parts)) {
    context.say(name);
    try {
      figures.push(...(await within(PART_LIMIT_MS, part(stage))));
    } catch (error) {
      context.say(`could not be measured: ${String(error).slice(0, 300)}`);
    }
  }
  return figures;
}

export const page: Section = { name: "page", title: "The page in Chromium", measure };
