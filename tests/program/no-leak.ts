import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** In every key that the tests give to Folio; nothing that Folio writes, says or logs may hold it. */
export const canaryKey = "test-key-0123456789";

const largestRead = 20 * 2 ** 20;

/** @throws when the text holds the key, with what stands around it */
export function refuseLeak(text: string, where: string): void {
  const at = text.indexOf(canaryKey);
  if (at === -1) return;
  throw new Error(`${where} holds a key: …${text.slice(Math.max(0, at - 200), at + 60)}…`);
}

/** Looks into every file below. @throws when one holds the key */
export async function refuseLeakBelow(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const size = await stat(path).then(
      (found) => found.size,
      () => 0,
    );
    if (size > 0 && size <= largestRead) refuseLeak(await readFile(path, "latin1").catch(() => ""), path);
  }
}
