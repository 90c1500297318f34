/** A real Chromium with the probe in every page, signed in to Folio. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";

const EXECUTABLES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const chromiumPath = (): string | undefined => EXECUTABLES.find((path) => existsSync(path));

export const launchChromium = (executablePath: string) => chromium.launch({ executablePath, args: FLAGS });

/** A browser that was never here (nothing in its cache) but holds the cookie. */
export async function signedIn(
  browser: Awaited<ReturnType<typeof launchChromium>>,
  address: { readonly port: number; readonly cookie: string },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const [name = "", ...value] = address.cookie.split("=");
  await context.addCookies([{ name, value: value.join("="), url: `http://127.0.0.1:${address.port}` }]);
  // What the browser of a person remembers: it asks below a session's path (signing in put it there).
  await context.addInitScript(`try { localStorage.setItem("folio.session-path", "/s/${"b".repeat(24)}"); } catch {}`);
  await context.addInitScript({ path: join(import.meta.dirname, "page-probe.js") });
  return context;
}

export interface MainThread {
  readonly scriptMs: number;
  readonly taskMs: number;
}

/** What the page's main thread has done since the page began. */
async function mainThread(session: CDPSession): Promise<MainThread> {
  const { metrics } = await session.send("Performance.getMetrics");
  const seconds = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return { scriptMs: seconds("ScriptDuration") * 1000, taskMs: seconds("TaskDuration") * 1000 };
}

export interface Watched {
  /** Milliseconds between two frames. */
  readonly frames: readonly number[];
  /** Milliseconds from a token's sending to its painting. */
  readonly lags: readonly number[];
  /** Milliseconds from a key to the frame after it. */
  readonly keys: readonly number[];
  readonly longTasks: number;
}

/** What happened in the page while `work` ran. */
export async function watch(
  page: Page,
  what: { readonly stamps: boolean },
  work: () => Promise<unknown>,
): Promise<Watched & MainThread> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.evaluate(`folioProbe.watch(${JSON.stringify(what)})`);
  const before = await mainThread(session);
  await work();
  const after = await mainThread(session);
  const watched = await page.evaluate<Watched>("folioProbe.unwatch()");
  await session.detach();
  return { ...watched, scriptMs: after.scriptMs - before.scriptMs, taskMs: after.taskMs - before.taskMs };
}

const FRAME_MS = 1000 / 60;
/** Frames of a 60 Hz screen that showed nothing new because the one before was late. */
export const droppedFrames = (frames: readonly number[]): number =>
  frames.reduce((sum, frame) => sum + Math.max(0, Math.round(frame / FRAME_MS) - 1), 0);

/** How far the page's wall clock is ahead of this process's, which is the simulator's too. */
export async function clockOffset(page: Page): Promise<number> {
  let best = { trip: Number.POSITIVE_INFINITY, offset: 0 };
  for (let time = 0; time < 30; time += 1) {
    const asked = performance.timeOrigin + performance.now();
    const there = await page.evaluate<number>("performance.timeOrigin + performance.now()");
    const heard = performance.timeOrigin + performance.now();
    if (heard - asked < best.trip) best = { trip: heard - asked, offset: there - (asked + heard) / 2 };
  }
  return best.offset;
}
