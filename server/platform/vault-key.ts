/** The key file of the vault: 32 random bytes, readable by its owner only, made once. */
import { randomBytes } from "node:crypto";
import { chmod, open, readFile, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeDirectory, syncDirectory } from "./store/durable-directory.ts";
import { errorCode, whenThere } from "./store/error-code.ts";

const keyBytes = 32;
/** Another process may be between making the file and filling it: that takes less than this. */
const tries = 10;
const pauseMs = 20;

/** Undefined when there is no key file, or it does not hold a key. Rejects when it may not be read. */
export async function readVaultKey(keyFile: string): Promise<Buffer | undefined> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const key = await whenThere(readFile(keyFile));
    if (key === undefined) return undefined;
    if (key.length === keyBytes) {
      await closeToOthers(keyFile);
      return key;
    }
    if (key.length > keyBytes) return undefined;
    await delay(pauseMs);
  }
  return undefined;
}

/** The key, made when there is none. A file that holds no key is kept aside. Rejects with the system's error. */
export async function readOrMakeVaultKey(keyFile: string): Promise<Buffer> {
  const found = await readVaultKey(keyFile);
  if (found !== undefined) return found;
  await whenThere(rename(keyFile, `${keyFile}.unreadable-${randomBytes(3).toString("hex")}`));
  await makeDirectory(dirname(keyFile), { mode: 0o700 });
  const key = randomBytes(keyBytes);
  const handle = await open(keyFile, "wx", 0o600).catch(undefinedWhenThere);
  if (handle === undefined) return readOrMakeVaultKey(keyFile);
  try {
    await handle.writeFile(key);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncDirectory(dirname(keyFile));
  return key;
}

/** A key that was copied by hand may have come with an open mode. */
async function closeToOthers(keyFile: string): Promise<void> {
  const { mode } = await stat(keyFile);
  if ((mode & 0o077) !== 0) await chmod(keyFile, 0o600);
}

function undefinedWhenThere(error: unknown): undefined {
  if (errorCode(error) === "EEXIST") return undefined;
  throw error;
}
