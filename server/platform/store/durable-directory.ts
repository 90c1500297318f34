import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { errorCode } from "./error-code.ts";

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

/** Makes a directory and its missing parents, each of them durable before the next. */
export async function makeDirectory(path: string, options: { readonly mode?: number } = {}): Promise<void> {
  const first = await mkdir(path, { recursive: true, ...options });
  if (first === undefined) return;
  const top = dirname(first);
  for (let made = path; made !== top && made !== dirname(made); made = dirname(made)) {
    await syncDirectory(dirname(made));
  }
}
