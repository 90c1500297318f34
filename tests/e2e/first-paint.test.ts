import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { canaryKey } from "../program/no-leak.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";
import { launchBrowser, openLink } from "./browser.ts";

const longestMs = 90_000;
vi.setConfig({ testTimeout: 3 * longestMs, hookTimeout: 2 * longestMs });

let browser: Browser;
let upstream: FaultServer;
let places: Places;
let folio: RunningFolio;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
  upstream = await startFaultServer();
  places = await makePlaces();
  const environment = { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: canaryKey };
  folio = await RunningFolio.start(places, { isBuilt: true, environment });
  context = await browser.newContext({ reducedMotion: "reduce" });
  context.setDefaultTimeout(longestMs);
});
afterAll(async () => {
  await browser?.close();
  await folio?.stop("SIGKILL");
  await upstream?.close();
  if (places) await removePlaces(places);
});

const address = (path: string) => `http://127.0.0.1:${folio.port}${path}`;

/** Opens an address while the page's program is held back; `release` lets it come. */
async function openHeld(path: string): Promise<{ readonly page: Page; readonly release: () => void }> {
  const page = await context.newPage();
  let release = (): void => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/assets\/page-[^/]*\.js$/, async (route) => {
    await isReleased;
    await route.continue();
  });
  await page.goto(address(path), { waitUntil: "commit" });
  return { page, release };
}

const boxOf = (page: Page, selector: string) => page.locator(selector).first().boundingBox();

it("shows no outline before signing in and before a first model is chosen, and then the page at its very place", async () => {
  const first = await openLink(context, folio.link);
  await first.getByRole("heading").first().waitFor();
  expect(await first.locator("#outline").count()).toBe(0);
  const held = await openHeld("/");
  await held.page.locator("#outline").waitFor({ state: "detached" });
  held.release();
  await held.page.close();

  await first.evaluate(async () => {
    const base = localStorage.getItem("folio.session-path");
    const view = await (await fetch(`${base}/api/providers`)).json();
    const provider = view.providers.find(({ source }: { source: string }) => source === "environment");
    const body = JSON.stringify({ providerId: provider.id, model: "complete" });
    const headers = { "content-type": "application/json" };
    await fetch(`${base}/api/providers/chosen`, { method: "PUT", headers, body });
  });
  await first.goto(address("/"));
  await first.locator(".composer").waitFor();
  await first.close();

  for (const width of [1440, 1200, 900, 390]) {
    const { page, release } = await openHeld("/");
    await page.setViewportSize({ width, height: 800 });
    await page.locator("#outline").waitFor();
    await page.evaluate(() => document.fonts.ready);
    const pairs = [
      [".outline-composer", ".composer"],
      [".outline-bar", ".page-bar"],
    ];
    if (width > 1079) pairs.push([".outline-side", ".side"], [".outline-part", ".side .tab"]);
    const outlined = await Promise.all(pairs.map(([outline = ""]) => boxOf(page, outline)));
    release();
    await page.locator("#outline").waitFor({ state: "detached" });
    await page.locator(".model-button").waitFor();
    expect(await Promise.all(pairs.map(([, there = ""]) => boxOf(page, there)))).toEqual(outlined);
    await page.close();
  }
});

it("asks the server once for each of the things that the address needs", async () => {
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(/^\/s\/[^/]+/, "")));
  await page.goto(address("/"));
  await page.locator(".model-button").waitFor();
  expect(asked.filter((path) => path === "/api/session")).toHaveLength(1);
  expect(asked.filter((path) => path === "/api/providers")).toHaveLength(1);
  await page.close();
});

it("paints in the theme that was chosen from the first", async () => {
  const setting = await context.newPage();
  await setting.goto(address("/"));
  await setting.evaluate(() => localStorage.setItem("folio.theme", "dark"));
  const { page, release } = await openHeld("/");
  await page.locator("#outline").waitFor();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe("dark");
  release();
  await Promise.all([page.close(), setting.close()]);
});
