/** Runs the scenario, kills it, and checks what a start afterwards finds against what the scenario was told. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { openJournal } from "../../server/platform/journal/folder-journal.ts";
import { openFolderStore } from "../../server/platform/store/folder-store.ts";
import type { ScenarioLine } from "./scenario-line.ts";

export interface Place {
  readonly workspace: string;
  readonly data: string;
}

export interface ScenarioRun {
  readonly lines: readonly ScenarioLine[];
  /** "end" when it was not killed. */
  readonly outcome: "end" | "killed";
  readonly errors: string;
}

export const AT_ONCE = 3;
/** What this rig itself writes into every document after a crash: in the same place it is there when the next run begins. */
const AFTER = "after";
const SCENARIO = new URL("./store-scenario.ts", import.meta.url).pathname;

export async function inNewPlace<T>(work: (place: Place) => Promise<T>, above = tmpdir()): Promise<T> {
  const directory = mkdtempSync(join(above, "folio-crash-"));
  const place = { workspace: join(directory, "workspace"), data: join(directory, "data") };
  mkdirSync(place.workspace);
  try {
    return await work(place);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * `inject`: strace's injections for the threads that make file calls; `killAfterMs`: kill -9 from outside;
 * `program`: another scenario than that of the store.
 */
export async function runScenario(
  place: Place,
  options: {
    readonly inject?: readonly string[];
    readonly killAfterMs?: number;
    readonly rounds?: number;
    readonly program?: string;
  },
): Promise<ScenarioRun> {
  const child = spawn(
    process.execPath,
    [options.program ?? SCENARIO, place.workspace, place.data, String(options.rounds ?? 1)],
    {
      env: { ...process.env, UV_THREADPOOL_SIZE: "1" },
    },
  );
  const said: string[] = [];
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  const ended = once(child, "close");
  const output = createInterface({ input: child.stdout });
  const ready = once(output, "line");
  output.on("line", (line) => said.push(line));
  // One that was killed while it waited for room to say something reads nothing any more.
  child.stdin.on("error", () => undefined);
  await Promise.race([ready, ended]);
  const tracer = options.inject === undefined ? undefined : await attach(child, options.inject);
  child.stdin.write("go\n");
  child.stdin.end();
  if (options.killAfterMs !== undefined) setTimeout(() => child.kill("SIGKILL"), options.killAfterMs);
  await ended;
  await tracer?.ended;
  const lines = wholeLines(said);
  return { lines, errors, outcome: lines.at(-1)?.event === "end" ? "end" : "killed" };
}

/** Who is killed while a pipe is full has said half of the last line: then that does not count. */
function wholeLines(said: readonly string[]): ScenarioLine[] {
  const last = said.at(-1)?.endsWith("}") === false ? -1 : undefined;
  return said.slice(0, last).map((line) => JSON.parse(line) as ScenarioLine);
}

/** Works on several at a time: most of a run is waiting for a process to start. */
export async function several<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    results.push(...(await Promise.all(all.slice(start, start + AT_ONCE).map(work))));
  }
  return results;
}

async function attach(child: ChildProcessWithoutNullStreams, inject: readonly string[]) {
  const calls = inject.map((one) => one.slice(0, one.indexOf(":")));
  // A file is replaced by the thread that has just looked at it; all other calls are made by the one for file calls.
  const main = calls.includes("rename") ? [child.pid ?? 0] : [];
  const threads = [fileThread(child.pid ?? 0), ...main];
  const injections = inject.flatMap((one) => ["-e", `inject=${one}`]);
  const attached = threads.flatMap((thread) => ["-p", String(thread)]);
  const tracer = spawn("strace", [...attached, "-o", "/dev/null", "-e", `trace=${calls.join(",")}`, ...injections]);
  const ended = once(tracer, "close");
  let said = "";
  const isAttached = () => said.split("attached").length > threads.length;
  for await (const text of tracer.stderr) {
    said += String(text);
    if (isAttached()) break;
  }
  if (!isAttached()) throw new Error(`strace could not attach: ${said}`);
  tracer.stderr.resume();
  return { ended };
}

function fileThread(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const named = threads.filter((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/comm`, "utf8").startsWith("libuv-worker"),
  );
  if (named.length !== 1) throw new Error(`expected one thread for file calls, found ${named.length}`);
  return Number(named[0]);
}

/** Why crash points cannot be injected on this machine, or undefined when they can. */
export function noStraceReason(): string | undefined {
  if (process.platform !== "linux") return "strace is for Linux";
  try {
    execFileSync("strace", ["-e", "trace=none", "true"], { stdio: "ignore" });
  } catch {
    return "strace is missing or may not trace: apt-get install -y --no-install-recommends strace";
  }
  try {
    const scope = readFileSync("/proc/sys/kernel/yama/ptrace_scope", "utf8").trim();
    return scope === "0" || process.getuid?.() === 0 ? undefined : "only an administrator may attach strace here";
  } catch {
    return undefined;
  }
}

/** Everything that is wrong after a crash; empty when old or new is there, whole, and what was acknowledged is there. */
export async function findLosses(place: Place, run: ScenarioRun): Promise<string[]> {
  return [...(await findDocumentLosses(place, run.lines)), ...(await findJournalLosses(place, run.lines))];
}

async function findDocumentLosses(place: Place, lines: readonly ScenarioLine[]): Promise<string[]> {
  const allowed = new Map<string, Set<string>>();
  for (const { event, path, text } of lines) {
    if (path === undefined || text === undefined) continue;
    const known = allowed.get(path) ?? new Set(["gone", AFTER]);
    if (event === "try") allowed.set(path, known.add(text));
    if (event === "done") allowed.set(path, new Set([text]));
  }
  const losses: string[] = [];
  const store = openFolderStore({ root: place.workspace, locksDirectory: join(place.data, "locks") });
  for (const [path, texts] of allowed) {
    const found = await store.read(path).catch(() => undefined);
    const text = found === undefined ? "gone" : Buffer.from(found.bytes).toString();
    if (!texts.has(text))
      losses.push(`${path} holds ${text.slice(0, 40)}, not one of ${[...texts].join(" | ").slice(0, 200)}`);
    // The locks and temporary files of the dead stop nobody.
    const after = await store.write(path, Buffer.from(AFTER), found?.revision);
    if (after.outcome !== "written") losses.push(`${path} cannot be written after the crash`);
  }
  for (const name of readdirSync(place.workspace, { recursive: true, encoding: "utf8" })) {
    if (name.includes(".folio-tmp-")) losses.push(`${name} was left behind`);
  }
  await store.close();
  return losses;
}

async function findJournalLosses(place: Place, lines: readonly ScenarioLine[]): Promise<string[]> {
  const wanted = new Map<number, string>();
  const rejected = new Set<number>();
  for (const { event, key, number, text } of lines) {
    if (key === undefined || number === undefined) continue;
    const entry = `${key} ${text}`;
    if ((event === "done" && text !== undefined) || event === "recovered") wanted.set(number, entry);
    if (event === "failed") rejected.add(number);
    if (event !== "released") continue;
    for (const [other, known] of wanted) if (other <= number && known.startsWith(`${key} `)) wanted.delete(other);
  }
  const losses: string[] = [];
  const journal = await openJournal({
    directory: join(place.data, "journal"),
    onProblem: (problem) => losses.push(problem),
  });
  const found = new Map(journal.recovered().map(({ number, key, record }) => [number, `${key} ${record["text"]}`]));
  for (const [number, entry] of wanted) {
    if (found.get(number) !== entry)
      losses.push(`journal entry ${number} was acknowledged and is lost: ${entry.slice(0, 60)}`);
  }
  for (const number of rejected) if (found.has(number)) losses.push(`journal entry ${number} was refused and is there`);
  const numbers = [...found.keys()];
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] ?? 0)))
    losses.push("entries out of order");
  if ((numbers.at(-1) ?? 0) >= journal.next()) losses.push("a number would be given twice");
  await journal.append("after", { text: "the crash" });
  await journal.close();
  return losses;
}
