/** The processes of a run: simulator, floor, load clients, Folio. Each ends with the bench at the latest. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { addSimulator, type FolioAddress, signIn } from "./folio-client.ts";
import type { LoadCommand, LoadResult } from "./load-client.ts";
import { meterProcess, type ProcessMeter } from "./process-meter.ts";

export const projectFolder = join(import.meta.dirname, "..");

export interface EventLoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly largest: number;
}

export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  readonly meter: ProcessMeter;
  /** Since it was last asked; undefined when the process was started without the probe. */
  readonly eventLoopDelay: () => Promise<EventLoopDelay | undefined>;
  readonly stop: () => Promise<void>;
}

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** The bench's own environment without what would make Folio read this machine's settings. */
function cleanEnvironment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(OPENAI|FOLIO|NODE_OPTIONS|XDG)/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

function stopper(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): () => Promise<void> {
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
    await ended;
    clearTimeout(late);
  };
}

const probeArguments = ["--import", join(import.meta.dirname, "event-loop-probe.ts")];

function delayReader(child: ChildProcess, file: string) {
  return async (): Promise<EventLoopDelay | undefined> => {
    rmSync(file, { force: true });
    child.kill("SIGUSR2");
    for (let tries = 0; tries < 100 && !existsSync(file); tries += 1) await pause(20);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as EventLoopDelay) : undefined;
  };
}

/** A server of the bench itself, which says its port over the process channel. */
async function forkServer(name: string, args: readonly string[], folder: string): Promise<ServerProcess> {
  const delayFile = join(folder, `${name}-delays.json`);
  const child = fork(join(import.meta.dirname, `${name}.ts`), args, {
    execArgv: probeArguments,
    env: cleanEnvironment({ FOLIO_BENCH_EVENT_LOOP: delayFile }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message: { port: number }) => resolve(message.port));
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  const pid = child.pid ?? 0;
  return { port, pid, meter: meterProcess(pid), eventLoopDelay: delayReader(child, delayFile), stop: stopper(child) };
}

export const startSimulator = (folder: string) => forkServer("upstream-simulator", [], folder);

export const startFloor = (upstreamPort: number, folder: string) => forkServer("floor", [String(upstreamPort)], folder);

export interface LoadClient {
  /** Opens everything the command needs; what it returns starts the measured part. */
  readonly prepare: (command: LoadCommand) => Promise<() => Promise<LoadResult>>;
  readonly stop: () => Promise<void>;
}

export function startLoadClient(): LoadClient {
  const child = fork(join(import.meta.dirname, "load-client.ts"), {
    serialization: "advanced",
    env: cleanEnvironment({}),
  });
  const ask = (message: object) =>
    new Promise<unknown>((resolve, reject) => {
      const onExit = () => reject(new Error("the load client ended"));
      child.once("exit", onExit);
      child.once("message", (answer: { value?: unknown; error?: string }) => {
        child.off("exit", onExit);
        if (answer.error === undefined) resolve(answer.value);
        else reject(new Error(answer.error));
      });
      child.send(message);
    });
  return {
    async prepare(command) {
      await ask(command);
      return async () => (await ask({ kind: "go" })) as LoadResult;
    },
    stop: stopper(child),
  };
}

export interface FolioOptions {
  /** The file that Node runs. */
  readonly server: string;
  /** Where workspace and data directories are made. */
  readonly folder: string;
  readonly withProbe?: true;
  /** A folder to open instead of a new one. */
  readonly workspace?: string;
  /** Data directories of an earlier start, to go on with. */
  readonly home?: string;
  readonly nodeArguments?: readonly string[];
}

export interface FolioProcess extends ServerProcess {
  readonly link: string;
  readonly workspace: string;
  readonly home: string;
  /** Ends it in the middle of whatever it does. */
  readonly kill: () => Promise<void>;
  /** From the start of the process to the first 200 of `GET /api/health`, in milliseconds. */
  readonly readyMs: number;
  /** Signs in and adds the simulator; once. */
  readonly address: (simulatorPort: number) => Promise<FolioAddress>;
}

/** The program as a person starts it. */
export const folioEntry = join(projectFolder, "bin/folio.mjs");

export async function startFolio(options: FolioOptions): Promise<FolioProcess> {
  const own = options.home ?? mkdtempSync(join(options.folder, "folio-"));
  const workspace = options.workspace ?? join(own, "workspace");
  mkdirSync(workspace, { recursive: true });
  const delayFile = join(own, "delays.json");
  const begun = performance.now();
  const nodeArguments = [...(options.withProbe ? probeArguments : []), ...(options.nodeArguments ?? [])];
  const child = spawn(process.execPath, [...nodeArguments, options.server, workspace, "--port", "0", "--no-open"], {
    cwd: own,
    stdio: ["ignore", "pipe", "pipe"],
    env: cleanEnvironment({
      XDG_DATA_HOME: join(own, "data"),
      XDG_CONFIG_HOME: join(own, "config"),
      XDG_CACHE_HOME: join(options.folder, "cache"),
      FOLIO_BENCH_EVENT_LOOP: delayFile,
    }),
  });
  const endWithBench = () => child.kill("SIGKILL");
  process.once("exit", endWithBench);
  child.once("exit", () => process.off("exit", endWithBench));
  const link = await printedLink(child);
  const [, port = 0, launch = ""] = /127\.0\.0\.1:(\d+)\/#launch=(\S+)/.exec(link) ?? [];
  await untilHealthy(Number(port));
  const readyMs = performance.now() - begun;
  const pid = child.pid ?? 0;
  return {
    link,
    workspace,
    home: own,
    kill: stopper(child, "SIGKILL"),
    readyMs,
    port: Number(port),
    pid,
    meter: meterProcess(pid),
    eventLoopDelay: options.withProbe ? delayReader(child, delayFile) : async () => undefined,
    stop: stopper(child),
    async address(simulatorPort) {
      const cookie = await signIn(Number(port), launch);
      return { port: Number(port), cookie, providerId: await addSimulator(Number(port), cookie, simulatorPort) };
    },
  };
}

function printedLink(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`Folio printed no link in 60 s: ${said}`)), 60_000);
    const hear = (bytes: Buffer) => {
      said = (said + bytes.toString()).slice(-20_000);
      const link = /http:\/\/127\.0\.0\.1:\d+\/#launch=\S+/.exec(said)?.[0];
      if (link === undefined) return;
      clearTimeout(late);
      resolve(link);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`Folio ended with ${code}: ${said}`));
    });
  });
}

async function untilHealthy(port: number): Promise<void> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const isHealthy = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port }, () =>
        socket.write(`GET /api/health HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`),
      );
      socket.once("data", (bytes) => resolve(bytes.toString().startsWith("HTTP/1.1 200")));
      socket.once("error", () => resolve(false));
      socket.once("close", () => resolve(false));
    });
    if (isHealthy) return;
    await pause(2);
  }
  throw new Error("Folio did not become healthy");
}
