/** Who holds a lock: enough to tell, later and after a restart of the machine, whether that process still runs. */
import { randomBytes } from "node:crypto";
import { readFile, readlink } from "node:fs/promises";

export interface ProcessIdentity {
  readonly pid: number;
  /** Different for every holder, so that one stale lock can be told from the next. */
  readonly id: string;
  /** Clock ticks after boot when the process started: tells a reused process id. Undefined where /proc is not. */
  readonly started?: string;
  /** The boot of the machine. */
  readonly boot?: string;
  /** The process id namespace (a container has its own): in another one the process id says nothing. */
  readonly namespace?: string;
}

/**
 * A process id alone is given again after a while; with the start time and the machine's boot it names one
 * process.
 */
export async function currentIdentity(): Promise<ProcessIdentity> {
  const id = randomBytes(12).toString("hex");
  const started = await startOf(process.pid);
  if (started === undefined) return { pid: process.pid, id };
  return { pid: process.pid, id, started, ...(await machine()) };
}

/** Undefined for anything that no `currentIdentity` was written from. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return isIdentity(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process still runs; "unknown" when it belongs to another container on the same machine. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean | "unknown"> {
  const { boot, namespace } = await machine();
  if (identity.boot !== undefined && boot !== undefined && identity.boot !== boot) return false;
  if (identity.namespace !== namespace) return "unknown";
  if (!isProcess(identity.pid)) return false;
  if (identity.started === undefined) return true;
  const started = await startOf(identity.pid);
  return started === undefined ? isProcess(identity.pid) : started === identity.started;
}

/** Whether a process with this id is at work on this machine, whoever owns it. */
export function isProcess(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function machine(): Promise<{ readonly boot?: string; readonly namespace?: string }> {
  try {
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    return { boot, namespace: await readlink("/proc/self/ns/pid") };
  } catch {
    return {};
  }
}

/** Field 22 of /proc/PID/stat; the second field, a name in brackets, may itself hold brackets and spaces. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie holds nothing any more: its files are closed.
    return fields[0] === "Z" || fields[0] === "X" ? "ended" : fields[19];
  } catch {
    return undefined;
  }
}

function isIdentity(found: unknown): found is ProcessIdentity {
  if (typeof found !== "object" || found === null) return false;
  const { pid, id } = found as Partial<ProcessIdentity>;
  return typeof pid === "number" && typeof id === "string" && /^[0-9a-f]{1,64}$/.test(id);
}
