import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "./app.ts";
import { ConfigProblem, readConfig, type StartOptions } from "./config.ts";
import { WorkspaceProblem } from "./workspace.ts";

/** Runs Folio until a signal ends it: one line with the link on stdout, everything else on stderr. */
export async function startServer(
  options: StartOptions & { readonly openBrowser: boolean; readonly programFolder: string },
): Promise<void> {
  try {
    const config = readConfig(options, options.programFolder);
    const app = await createApp(config, {
      programFolder: options.programFolder,
      version: versionOf(options.programFolder),
    });
    if (app.outcome === "held") {
      process.stdout.write(
        `Folio runs for this folder already${app.link === undefined ? "" : `. Open\n\n  ${app.link}\n`}\n`,
      );
      process.exitCode = app.link === undefined ? 1 : 0;
      return;
    }
    process.stdout.write(
      `Folio · ${config.folder}\n\n  ${app.link}\n\nThe link signs one browser in. Ctrl+C ends Folio; what is being written is kept.\n`,
    );
    closeOnSignal(app.close);
  } catch (error) {
    if (!(error instanceof ConfigProblem) && !(error instanceof WorkspaceProblem)) throw error;
    process.stderr.write(`Folio did not start.\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/** How long an end may take before it is forced; the journal has everything by then (P15). */
const graceMs = 8000;

function closeOnSignal(close: () => Promise<void>): void {
  let isClosing = false;
  const end = (): void => {
    if (isClosing) process.exit(0);
    isClosing = true;
    setTimeout(() => process.exit(0), graceMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, end);
}

function versionOf(programFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(programFolder, "package.json"), "utf8"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest ? String(manifest.version) : "unknown";
}
