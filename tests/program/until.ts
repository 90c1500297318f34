import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Long, since a slow machine is no fault; shorter than a test may take, so that the test says what it saw. */
const patienceMs = 45_000;
const shortestPauseMs = 20;
const longestPauseMs = 250;
const shownCharacters = 3000;

/**
 * Looks again and again until `look` answers something; what it throws counts as nothing yet.
 * @throws Error after `patienceMs`, with what was waited for, what `seen` answers and the last error
 */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | Promise<Value | undefined>,
  seen: () => unknown = () => undefined,
): Promise<Value> {
  const end = Date.now() + patienceMs;
  let problem: unknown;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(pauseMs * 1.2, longestPauseMs)) {
    try {
      const found = await look();
      if (found !== undefined) return found;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${patienceMs / 1000} s for ${what}.${wordsOf(seen())}${wordsOf(problem)}`);
    }
    await delay(pauseMs);
  }
}

function wordsOf(value: unknown): string {
  if (value === undefined) return "";
  const isText = typeof value === "string" || value instanceof Error;
  const text = isText ? String(value) : JSON.stringify(value, undefined, 1);
  const half = shownCharacters / 2;
  return `\nLast seen: ${text.length > shownCharacters ? `${text.slice(0, half)}\n…\n${text.slice(-half)}` : text}`;
}

/** The text of a file, once it holds all that is `wanted`; `file` may answer another path each time. */
export async function textWith(file: string | (() => Promise<string>), ...wanted: readonly string[]): Promise<string> {
  let last = "(never read)";
  const lacking = (): string[] => wanted.filter((text) => !last.includes(text));
  return until(
    `${wanted.map((text) => JSON.stringify(text)).join(", ")} in a file`,
    async () => {
      last = await readFile(typeof file === "string" ? file : await file(), "utf8");
      return lacking().length === 0 ? last : undefined;
    },
    () => `it lacks ${JSON.stringify(lacking())}:\n${last}`,
  );
}

/** Waits until a file somewhere below `folder` holds `wanted`: in the data directory, that the journal has it. */
export async function writtenBelow(folder: string, wanted: string): Promise<void> {
  await until(`${JSON.stringify(wanted)} below ${folder}`, async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const text = await readFile(join(entry.parentPath, entry.name), "utf8").catch(() => "");
      if (text.includes(wanted)) return true;
    }
    return undefined;
  });
}
