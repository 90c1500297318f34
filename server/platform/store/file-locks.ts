/** One writer a file at a time: a queue inside this process, a lock file between processes. */
import { createHash } from "node:crypto";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createPathQueue } from "../path-queue.ts";
import { errorCode } from "./error-code.ts";
import { type LockOwner, newLockOwner, removeLockOwner, tryLock, unlock } from "./lock-file.ts";
import { isProcess } from "./process-identity.ts";

export interface FileLocks {
  /** Runs `action` while nobody else who uses the same directory of locks works on `realPath`. */
  hold<T>(realPath: string, action: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 40;
/** A live process that holds a file for this long is stuck, not slow; the person is told rather than kept waiting. */
const PATIENCE_MS = 30_000;

/**
 * `directory` is shared by all processes that may write the same files; lock files lie there and never beside a
 * document.
 */
export function fileLocks(directory: string): FileLocks {
  const queue = createPathQueue();
  let owner: Promise<LockOwner> | undefined;

  const myself = () => {
    owner ??= sweepCards(directory).then(() => newLockOwner(directory));
    // A directory that could not be made now may be later: the next caller tries again.
    owner.catch(() => {
      owner = undefined;
    });
    return owner;
  };

  const locked = async <T>(realPath: string, action: () => Promise<T>): Promise<T> => {
    const path = join(directory, `${createHash("sha256").update(realPath).digest("hex").slice(0, 40)}.lock`);
    await waitForLock(path, await myself());
    try {
      return await action();
    } finally {
      // What was written is written, whether or not the lock can be removed: it is still ours the next time.
      await unlock(path).catch(() => undefined);
    }
  };

  return {
    hold: (realPath, action) => queue.run(realPath, () => locked(realPath, action)),
    async close() {
      await queue.idle();
      if (owner !== undefined) await owner.then(removeLockOwner).catch(() => undefined);
    },
  };
}

async function waitForLock(path: string, owner: LockOwner): Promise<void> {
  const start = performance.now();
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const attempt = await tryLock(path, owner);
    // The queue lets one in at a time, so a lock of our own is one that could not be removed.
    if (attempt.outcome === "taken" || attempt.by?.id === owner.identity.id) return;
    if (performance.now() - start > PATIENCE_MS) {
      const holder = attempt.by === undefined ? "another process" : `process ${attempt.by.pid}`;
      throw Object.assign(new Error(`EBUSY: ${holder} holds the file (${path})`), { code: "EBUSY" });
    }
    // Spread, so that many who wait do not all come back at once.
    await setTimeout(wait * (0.5 + Math.random()));
  }
}

/** Removes the cards of processes that are gone. */
async function sweepCards(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const found = /^owner-(\d+)-[0-9a-f]+$/.exec(name);
    if (found === null || isProcess(Number(found[1]))) continue;
    await unlink(join(directory, name)).catch((error: unknown) => {
      if (errorCode(error) !== "ENOENT") throw error;
    });
  }
}
