import { join } from "node:path";
import { spawnProgram } from "./platform/spawn.ts";
import { writeFileAtomic } from "./platform/store/write-file-atomic.ts";

const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "open",
  win32: "explorer.exe",
  linux: "xdg-open",
};

/**
 * Opens the link in the person's browser, through a page in a private file: on a command line everybody on the computer
 * could read the launch token in it. It may fail; the link is printed anyway.
 */
export async function openInBrowser(
  link: string,
  place: {
    readonly directory: string;
    readonly platform: NodeJS.Platform;
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const opener = openers[place.platform];
  if (opener === undefined) return;
  const page = join(place.directory, "open.html");
  const html = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${link}"><title>Folio</title>\n`;
  await writeFileAtomic(page, html, { mode: 0o600 });
  await spawnProgram({ command: opener, arguments: [page], environment: place.environment, timeoutMs: 20_000 }).ended;
}
