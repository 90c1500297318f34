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

/** What every program that was started in a place has printed and logged. */
const outputs = new Map<string, (() => string)[]>();

/** A folder and data directory of their own, so that tests neither see each other nor the person's own Folio. */
export async function makePlaces(): Promise<Places> {
  const base = await mkdtemp(join(tmpdir(), "folio-test-"));
  return { base, folder: join(base, "workspace"), data: join(base, "data"), config: join(base, "config") };
}

/** Everything that was said and written there is looked through for the keys of the tests first. */
export async function removePlaces(places: Places): Promise<void> {
  for (const output of outputs.get(places.base) ?? []) refuseLeak(output(), "the program's output");
  outputs.delete(places.base);
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
    const started = spawnFolio(places, settings);
    const link = await started.link;
    if (link === undefined) throw new Error(`Folio did not start:\n${started.output()}`);
    return new RunningFolio(started.process, link, started.output);
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
  const link = new Promise<string | undefined>((resolve) => {
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      const [found] = /http:\/\/\S+#launch=\S+/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("exit", () => resolve(/http:\/\/\S+#launch=\S+/.exec(text)?.[0]));
  });
  const output = (): string => text;
  outputs.set(places.base, [...(outputs.get(places.base) ?? []), output]);
  return { process: child, link, output };
}
