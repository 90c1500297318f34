import { mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode, whenThere } from "./error-code.ts";

/** What a file system answers that cannot sync a directory, or need not. */
const CANNOT_SYNC = new Set(["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Makes new, renamed and removed names in a directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories; there the rename itself is journalled.
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (error) {
    if (!CANNOT_SYNC.has(errorCode(error) ?? "")) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Makes a directory and its missing parents, each of them durable before the next. One by one, since the system's
 * own recursive call answers "not there" on a read-only disk.
 */
export async function makeDirectory(path: string, options: { readonly mode?: number } = {}): Promise<void> {
  const missing: string[] = [];
  for (let part = path; (await whenThere(stat(part))) === undefined; part = dirname(part)) missing.push(part);
  for (const part of missing.reverse()) {
    try {
      await mkdir(part, options);
    } catch (error) {
      // Another process may have made it meanwhile.
      if (errorCode(error) !== "EEXIST") throw error;
    }
    await syncDirectory(dirname(part));
  }
}
