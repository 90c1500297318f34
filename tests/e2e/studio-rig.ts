import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";

/** A folder with files under `.codex/`, and Folio as it is shipped before it. */
export interface Studio {
  readonly places: Places;
  readonly client: PageClient;
  readonly url: string;
  /** Writes a file of the folder as an editor does. */
  readonly write: (path: string, text: string) => Promise<void>;
  readonly end: () => Promise<void>;
}

export async function startStudio(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Studio> {
  const places = await makePlaces();
  await mkdir(places.folder, { recursive: true });
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(join(places.folder, path, ".."), { recursive: true });
    await writeFile(join(places.folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  const folio = await RunningFolio.start(places, { isBuilt: true, environment });
  const client = await folio.signIn();
  const end = async (): Promise<void> => {
    await folio.stop("SIGKILL");
    await removePlaces(places);
  };
  return { places, client, url: `http://127.0.0.1:${folio.port}`, write, end };
}

export async function contextOf(
  browser: Browser,
  studio: Studio,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", ...options });
  const [name = "", value = ""] = studio.client.cookie.split("=");
  await context.addCookies([{ name, value, domain: "127.0.0.1", path: "/", httpOnly: true, sameSite: "Strict" }]);
  return context;
}

export interface Entry {
  readonly task_id: string;
  readonly agent?: string;
  readonly date: string;
  readonly summary: string;
  readonly output_files: readonly string[];
  readonly status?: string;
  readonly run_id: string;
}

/** The entry with this number, from 1. */
export function entryOf(number: number): Entry {
  return {
    task_id: `task-${String(number).padStart(3, "0")}`,
    agent: number % 2 === 0 ? "planner" : "reviewer",
    date: "2026-03-05",
    summary: `Work number ${number} is done.`,
    output_files: [".codex/PRD.md"],
    run_id: `01JZ2Y7M3W8Q4K6T9V${String(number).padStart(8, "0")}`,
  };
}

export const entries = (count: number): readonly Entry[] => Array.from({ length: count }, (_, at) => entryOf(at + 1));

export const logOf = (items: readonly unknown[]): string => `${JSON.stringify(items, undefined, 2)}\n`;

/** What axe objects to in the page. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // The page has no frames: without looking for any, axe opens no second page to gather what each of them has.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
}
