/** One process a folder: a second start hears who has it, and a lock that a crash left is taken over. */
import { createHash } from "node:crypto";
import { readFile, unlink, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { whenThere } from "./error-code.ts";
import { realPathOf } from "./folder-anchor.ts";
import { HEARTBEAT_MS, type LockOwner, newLockOwner, removeLockOwner, tryLock, unlock } from "./lock-file.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

/** What the holder tells those who come later. */
export interface FolderInfo {
  /** Where the running server is reached. */
  readonly link?: string;
}

export type FolderTake =
  | {
      readonly outcome: "taken";
      /** Replaces what later starts are told. */
      update(info: FolderInfo): Promise<void>;
      release(): Promise<void>;
    }
  | { readonly outcome: "held"; readonly by: FolderInfo & { readonly pid: number } };

/** A lock that changes hands while it is read is looked at again this often. */
const PATIENCE = 200;
const PAUSE_MS = 20;

/**
 * Takes `folder` for this process. The lock lies in the app's data, keyed by the folder's real path; the folder itself
 * may be missing, and nothing is written to it. A process that ends without `release` lets go by ending.
 */
export async function takeFolder(options: {
  readonly folder: string;
  readonly dataDirectory: string;
  readonly info: FolderInfo;
}): Promise<FolderTake> {
  const directory = join(options.dataDirectory, "locks");
  const key = createHash("sha256")
    .update(await realPathOf(resolve(options.folder)))
    .digest("hex")
    .slice(0, 40);
  const lock = join(directory, `folder-${key}.lock`);
  const info = join(directory, `folder-${key}.json`);
  const owner = await newLockOwner(directory);
  const holder = await take(lock, owner);
  if (holder !== undefined) {
    await removeLockOwner(owner);
    return { outcome: "held", by: { ...(await readInfo(info, holder)), pid: holder.pid } };
  }
  const heartbeat = setInterval(() => void touch(lock), HEARTBEAT_MS).unref();
  const update = async (now: FolderInfo): Promise<void> => {
    await writeFileAtomic(info, JSON.stringify({ ...now, holder: owner.identity.id }), { mode: 0o600 });
  };
  const release = async () => {
    clearInterval(heartbeat);
    await whenThere(unlink(info));
    await unlock(lock);
    await removeLockOwner(owner);
  };
  try {
    await update(options.info);
  } catch (error) {
    await release();
    throw error;
  }
  return { outcome: "taken", update, release };
}

/** Resolves to undefined when the lock is ours, else to who has it. */
async function take(lock: string, owner: LockOwner): Promise<ProcessIdentity | undefined> {
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const attempt = await tryLock(lock, owner);
    if (attempt.outcome === "taken") return undefined;
    if (attempt.by !== undefined) return attempt.by;
    await setTimeout(PAUSE_MS * (0.5 + Math.random()));
  }
  throw new Error(`The lock ${lock} can be neither taken nor read. If no other Folio runs on this folder, remove it.`);
}

/** What the holder told; nothing when it is what an earlier holder told. */
async function readInfo(path: string, holder: ProcessIdentity): Promise<FolderInfo> {
  try {
    const { link, holder: from } = JSON.parse(await readFile(path, "utf8"));
    return from === holder.id && typeof link === "string" ? { link } : {};
  } catch {
    return {};
  }
}

/** For processes in other containers, which cannot see whether this one runs. */
async function touch(lock: string): Promise<void> {
  const now = new Date();
  await utimes(lock, now, now).catch(() => undefined);
}
