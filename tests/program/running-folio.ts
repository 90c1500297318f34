import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refuseLeak, refuseLeakBelow } from "./no-leak.ts";
import { PageClient } from "./page-client.ts";

const programFolder = join(import.meta.dirname, "..", "..");

export interface Places {
  /** Holds everything below; removed by `removePlaces`. */
  readonly base: string;
  readonly folder: string;
  readonly data: string;
  readonly config: string;
}

/** Every program that was started in a place, with what it has printed and logged. */
const started = new Map<string, { readonly output: () => string; readonly end: () => Promise<void> }[]>();

/** A folder and data directory of their own, so that tests neither see each other nor the person's own Folio. */
export async function makePlaces(): Promise<Places> {
  const base = await mkdtemp(join(tmpdir(), "folio-test-"));
  return { base, folder: join(base, "workspace"), data: join(base, "data"), config: join(base, "config") };
}

/** Ends what still runs there. All that was said and written is looked through for the keys of the tests first. */
export async function removePlaces(places: Places): Promise<void> {
  const programs = started.get(places.base) ?? [];
  started.delete(places.base);
  for (const { end } of programs) await end();
  for (const { output } of programs) refuseLeak(output(), "the program's output");
  for (const folder of [places.folder, places.data, places.config]) await refuseLeakBelow(folder);
  await rm(places.base, { recursive: true, force: true });
}

export interface StartSettings {
  readonly environment?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** What is shipped (needs `npm run build`) instead of the sources. */
  readonly isBuilt?: boolean;
}

/** The whole program in a process of its own. */
export class RunningFolio {
  readonly process: ChildProcess;
  readonly link: string;
  readonly port: number;
  readonly output: () => string;

  private constructor(process: ChildProcess, link: string, output: () => string) {
    this.process = process;
    this.link = link;
    this.port = Number(new URL(link).port);
    this.output = output;
  }

  static async start(places: Places, settings: StartSettings = {}): Promise<RunningFolio> {
    const begun = spawnFolio(places, settings);
    const link = await begun.link;
    if (link === undefined) throw new Error(`Folio did not start:\n${begun.output()}`);
    return new RunningFolio(begun.process, link, begun.output);
  }

  signIn(): Promise<PageClient> {
    return PageClient.signIn(this.port, new URL(this.link).hash.replace("#launch=", ""));
  }

  /** As an operator ends it; answers the exit code. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const exited = once(this.process, "exit");
    this.process.kill(signal);
    await exited;
    return this.process.exitCode;
  }
}

/** Starts it and answers with the link once it is printed, or undefined when the process ended before. */
export function spawnFolio(places: Places, settings: StartSettings = {}) {
  const entry = join(programFolder, settings.isBuilt === true ? "bin/folio.mjs" : "scripts/serve-from-source.mjs");
  const args = [entry, places.folder, "--no-open", "--port", String(settings.port ?? 0)];
  const child = spawn(process.execPath, args, {
    cwd: places.base,
    env: {
      PATH: process.env["PATH"],
      HOME: places.base,
      FOLIO_DATA_DIR: places.data,
      FOLIO_CONFIG_DIR: places.config,
      FOLIO_LOCAL_SERVERS: "127.0.0.1:9",
      // One request an answer, and a title that stays, in all tests but those of titles.
      FOLIO_MODEL_TITLES: "off",
      FOLIO_LOG_LEVEL: "debug",
      ...settings.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const printed = (): string | undefined => /(http:\/\/\S+#launch=\S+)\s/.exec(text)?.[1];
  const link = new Promise<string | undefined>((resolve) => {
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = printed();
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    // Not "exit": what was printed last may be read only after that.
    child.on("close", () => resolve(printed()));
  });
  const output = (): string => text;
  const closed = once(child, "close");
  const end = async (): Promise<void> => {
    child.kill("SIGKILL");
    await closed;
  };
  started.set(places.base, [...(started.get(places.base) ?? []), { output, end }]);
  return { process: child, link, output };
}
