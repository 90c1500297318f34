import { createApp } from "./app.ts";
import { ConfigProblem, readConfig, type StartOptions } from "./config.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { keepProcess, writeLogLine } from "./platform/last-resort.ts";
import { createLogger } from "./platform/logger.ts";
import { programVersion } from "./program-version.ts";
import { WorkspaceProblem } from "./workspace.ts";

/** Runs Folio until a signal ends it: one line with the link on stdout, everything else on stderr. */
export async function startServer(
  options: StartOptions & { readonly openBrowser: boolean; readonly programFolder: string },
): Promise<void> {
  try {
    const config = readConfig(options, options.programFolder);
    const app = await createApp(config, {
      programFolder: options.programFolder,
      version: programVersion(options.programFolder),
      onWaiting: (pid) =>
        void process.stderr.write(
          `Another Folio (process ${pid}) is starting for this folder; waiting for its link.\n`,
        ),
    });
    if (app.outcome === "held") {
      process.stdout.write(
        app.link === undefined
          ? `Folio runs for this folder already (process ${app.pid}), but it has told no link. Wait for it, or end it and start again.\n`
          : `Folio runs for this folder already. Open\n\n  ${app.link}\n\n`,
      );
      process.exitCode = app.link === undefined ? 1 : 0;
      return;
    }
    const logger = createLogger("error", writeLogLine);
    keepProcess((message, error) => logger.error(message, { error: stackOf(error) }));
    process.stdout.write(
      `Folio · ${printable(config.folder)}\n\n  ${app.link}\n\nThe link signs one browser in. Ctrl+C ends Folio; what is being written is kept.\n`,
    );
    closeOnSignal(app.close);
    if (options.openBrowser && config.desktop !== undefined && process.stdout.isTTY) {
      const place = { directory: config.dataDirectory, platform: process.platform, environment: config.desktop };
      // The link is printed: a browser that does not open is no reason to end.
      await openInBrowser(app.link, place).catch(() => undefined);
    }
  } catch (error) {
    process.stderr.write(`Folio did not start.\n${printable(reasonOf(error))}\n`);
    process.exit(1);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigProblem || error instanceof WorkspaceProblem) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reasons = new Map(
    Object.entries({
      EADDRINUSE: "The port is taken by another program. Give another one with --port, or leave it out.",
      ENOTDIR: "Folio's own data folder (FOLIO_DATA_DIR) lies under a file, or is one. Give a folder.",
      EEXIST: "A file stands where Folio's own data folder (FOLIO_DATA_DIR) should be. Give a folder.",
      EISDIR: "A folder stands where Folio keeps a file of its own data (FOLIO_DATA_DIR). Move it away.",
      ENOENT: "Folio's own data folder (FOLIO_DATA_DIR) cannot be made there.",
      ENAMETOOLONG: "The path of Folio's own data folder (FOLIO_DATA_DIR) is too long.",
      ENOTFOUND: "The address to listen on (FOLIO_HOST) is not one of this computer.",
      EADDRNOTAVAIL: "The address to listen on (FOLIO_HOST) is not one of this computer.",
      EACCES: "The system does not allow it: the port, or Folio's own data folder (FOLIO_DATA_DIR) with this user.",
      EROFS: "Folio's own data folder (FOLIO_DATA_DIR) is on a disk that can only be read.",
      ENOSPC: "The disk of Folio's own data folder (FOLIO_DATA_DIR) is full. Nothing was changed.",
    }),
  );
  const reason = reasons.get(String(code));
  return reason === undefined
    ? stackOf(error)
    : `${reason}\n(${error instanceof Error ? error.message : String(error)})`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** How long an end may take before it is forced; the journal has everything by then. */
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

/** A folder's name may hold signs that a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (sign) =>
    sign === "\n" ? sign : `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  );
}
