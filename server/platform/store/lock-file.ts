/**
 * Exclusive locks between processes, made of files alone. A lock is a hard link to its owner's card, so it appears
 * whole or not at all. The lock of a process that is gone is broken under a lock of its own, named after that
 * process: of any number that try, one removes it, and nobody can remove the lock that comes after it.
 */
import { link, open, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { makeDirectory } from "./durable-directory.ts";
import { errorCode, whenThere } from "./error-code.ts";
import { currentIdentity, isRunning, type ProcessIdentity, parseIdentity } from "./process-identity.ts";

export interface LockOwner {
  readonly identity: ProcessIdentity;
  /** A file on the same disk as the locks that holds the identity as JSON. */
  readonly card: string;
}

export type LockAttempt =
  | { readonly outcome: "taken" }
  /** `by` is undefined when the holder let go meanwhile, or the file cannot be read: try again. */
  | { readonly outcome: "held"; readonly by: ProcessIdentity | undefined };

/** How often a holder touches a lock that it holds for long. */
export const HEARTBEAT_MS = 1_000;
/** How long a lock must lie untouched to be stale when its owner is in another container and cannot be asked. */
const SILENCE_MS = 3 * HEARTBEAT_MS;
/** How long a lock may lie without a readable owner: somebody may just be writing it. */
const UNREADABLE_MS = 500;
const NO_HARD_LINKS = new Set(["EPERM", "EACCES", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Makes an owner for locks in `directory`, with its card there. */
export async function newLockOwner(directory: string): Promise<LockOwner> {
  const identity = await currentIdentity();
  const owner = { identity, card: join(directory, `owner-${identity.pid}-${identity.id}`) };
  await writeCard(owner);
  return owner;
}

export async function removeLockOwner(owner: LockOwner): Promise<void> {
  await whenThere(unlink(owner.card));
}

async function writeCard(owner: LockOwner): Promise<void> {
  await makeDirectory(dirname(owner.card), { mode: 0o700 });
  // Whole before it is linked anywhere, so a lock is never empty; not synced, since no lock outlives the machine's boot.
  await writeFile(owner.card, JSON.stringify(owner.identity), { mode: 0o600 });
}

/** Tries once; breaks a lock whose process is gone. */
export async function tryLock(path: string, owner: LockOwner): Promise<LockAttempt> {
  if (await make(path, owner)) return { outcome: "taken" };
  const held = await readLock(path);
  if (held === undefined) return { outcome: "held", by: undefined };
  if (!(await isStale(path, held))) return { outcome: "held", by: held.identity };
  if (!(await breakLock(path, held, owner))) return { outcome: "held", by: undefined };
  return (await make(path, owner)) ? { outcome: "taken" } : { outcome: "held", by: undefined };
}

/** Lets go. Only the owner may call it, once. */
export async function unlock(path: string): Promise<void> {
  await whenThere(unlink(path));
}

async function make(path: string, owner: LockOwner): Promise<boolean> {
  try {
    await link(owner.card, path);
    return true;
  } catch (error) {
    const code = errorCode(error) ?? "";
    if (code === "EEXIST") return false;
    if (code !== "ENOENT" && !NO_HARD_LINKS.has(code)) throw error;
    // Somebody tidied the directory away.
    if (code === "ENOENT") await writeCard(owner);
  }
  // A disk without hard links: the file is there before its text, which `UNREADABLE_MS` allows for.
  try {
    await writeFile(path, JSON.stringify(owner.identity), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

interface HeldLock {
  readonly identity: ProcessIdentity | undefined;
  /** What the lock that may break this one is named after. */
  readonly name: string;
  /** Changes when the holder touches it. */
  readonly touched: bigint;
}

async function readLock(path: string): Promise<HeldLock | undefined> {
  const handle = await whenThere(open(path, "r"));
  if (handle === undefined) return undefined;
  try {
    const { ino, ctimeNs, mtimeNs } = await handle.stat({ bigint: true });
    const identity = parseIdentity(await handle.readFile("utf8"));
    return { identity, name: identity?.id ?? `unreadable-${ino}-${ctimeNs}`, touched: mtimeNs };
  } finally {
    await handle.close();
  }
}

/** Measures silence by waiting, not by comparing clocks, which jump. */
async function isStale(path: string, held: HeldLock): Promise<boolean> {
  const running = held.identity === undefined ? "unknown" : await isRunning(held.identity);
  if (running !== "unknown") return !running;
  await setTimeout(held.identity === undefined ? UNREADABLE_MS : SILENCE_MS);
  const later = await readLock(path);
  return later?.name === held.name && later.touched === held.touched;
}

async function breakLock(path: string, seen: HeldLock, owner: LockOwner): Promise<boolean> {
  const right = join(dirname(path), `break-${seen.name}`);
  const attempt = await tryLock(right, owner);
  if (attempt.outcome === "held") return false;
  try {
    // The lock may have been broken and taken anew since it was read; then it is not ours to remove.
    const now = await readLock(path);
    if (now?.name !== seen.name) return false;
    await unlock(path);
    return true;
  } finally {
    await unlock(right);
  }
}
