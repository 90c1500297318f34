/** The one place that starts processes: no shell, fixed arguments, nothing of our environment, limits. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

export interface SpawnOptions {
  /** A program's name or path, never data. */
  readonly command: string;
  /** Fixed by the caller; data only behind `--`, or where it cannot be read as an option. */
  readonly arguments: readonly string[];
  readonly cwd?: string;
  /** The whole environment of the process: nothing is inherited. See `allowedEnvironment`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The process is ended after this time; without it, it runs until it ends or `signal` aborts. */
  readonly timeoutMs?: number;
  /** Of stdout and stderr each, 1 MB by default; a process that writes more is ended. */
  readonly outputLimitBytes?: number;
  /** Resident memory; a process that takes more is ended. Watched on Linux only. */
  readonly memoryLimitBytes?: number;
  /** Ends the process at once. */
  readonly signal?: AbortSignal;
  /** Called with what a Node program sends with `process.send`; without it there is no channel. */
  readonly onMessage?: (message: unknown) => void;
  /** Called with each piece of the output, besides its being kept. */
  readonly onOutput?: (piece: string) => void;
}

export interface ProgramEnd {
  readonly reason:
    | "exited"
    | "not-started"
    | "timed-out"
    | "too-much-output"
    | "too-much-memory"
    | "stopped"
    | "signal";
  /** With `exited`. */
  readonly code?: number;
  /** With `signal`: the signal that something else sent. With `not-started`: the system's code. */
  readonly cause?: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SpawnedProgram {
  /** Resolves when the process is gone. Never rejects. */
  readonly ended: Promise<ProgramEnd>;
  /** Answers whether there was a channel to send on. */
  send(message: Readonly<Record<string, unknown>>): boolean;
  /** Ends the process at once. */
  stop(): void;
}

const memoryCheckMs = 500;
const pageBytes = 4096;

/** Starts a process. Whatever goes wrong comes back as `ended`. */
export function spawnProgram(options: SpawnOptions): SpawnedProgram {
  const { command, cwd, environment = {}, onMessage, outputLimitBytes = 1_000_000, signal } = options;
  const process = spawn(command, [...options.arguments], {
    cwd,
    env: { ...environment },
    shell: false,
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe", ...(onMessage === undefined ? [] : ["ipc" as const])],
  });
  let why: ProgramEnd["reason"] | undefined;
  const end = (reason: ProgramEnd["reason"]) => {
    why ??= reason;
    process.kill("SIGKILL");
  };
  const stdout = collect(process.stdout, outputLimitBytes, options, () => end("too-much-output"));
  const stderr = collect(process.stderr, outputLimitBytes, options, () => end("too-much-output"));
  const stop = () => end("stopped");
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => end("timed-out"), options.timeoutMs);
  const watch = watchMemory(process, options.memoryLimitBytes, () => end("too-much-memory"));
  if (onMessage !== undefined) process.on("message", onMessage);
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop, { once: true });

  const ended = new Promise<ProgramEnd>((resolve) => {
    const settle = (found: Pick<ProgramEnd, "reason" | "code" | "cause">) => {
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener("abort", stop);
      resolve({ ...found, stdout: stdout(), stderr: stderr() });
    };
    process.once("error", (error: NodeJS.ErrnoException) => {
      if (process.pid === undefined) settle({ reason: "not-started", cause: error.code ?? error.message });
    });
    process.once("close", (code, killedBy) => {
      if (why !== undefined) return settle({ reason: why });
      if (code === null) return settle({ reason: "signal", cause: killedBy ?? "unknown" });
      settle({ reason: "exited", code });
    });
  });

  return {
    ended,
    stop,
    send(message) {
      if (!process.connected) return false;
      // A process that ends at this moment is told of by `ended`.
      process.send(message, () => undefined);
      return true;
    },
  };
}

const allowedNames = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SystemRoot", "ComSpec", "TEMP", "USERPROFILE"];

/** What a program may know of our environment: where programs, home and temporary files are, and the language. */
export function allowedEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  more: readonly string[] = [],
): Readonly<Record<string, string>> {
  const wanted = new Set([...allowedNames, ...more]);
  const pairs = Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return Object.fromEntries(pairs.filter(([name]) => wanted.has(name)));
}

function collect(
  stream: ChildProcess["stdout"],
  limitBytes: number,
  { onOutput }: SpawnOptions,
  onTooMuch: () => void,
): () => string {
  const pieces: Buffer[] = [];
  let length = 0;
  stream?.on("data", (piece: Buffer) => {
    length += piece.length;
    if (length > limitBytes) return onTooMuch();
    pieces.push(piece);
    onOutput?.(piece.toString("utf8"));
  });
  return () => Buffer.concat(pieces).toString("utf8");
}

function watchMemory(process: ChildProcess, limitBytes: number | undefined, onTooMuch: () => void) {
  if (limitBytes === undefined) return undefined;
  const check = async () => {
    const [, resident] = (await readFile(`/proc/${process.pid}/statm`, "utf8")).split(" ");
    if (Number(resident) * pageBytes > limitBytes) onTooMuch();
  };
  // Where there is no such file, or no more, there is nothing to watch.
  return setInterval(() => void check().catch(() => undefined), memoryCheckMs).unref();
}
