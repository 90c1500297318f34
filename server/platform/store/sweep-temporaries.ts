import { opendir, unlink } from "node:fs/promises";
import { whenThere } from "./error-code.ts";
import type { FolderAnchor } from "./folder-anchor.ts";
import { isProcess } from "./process-identity.ts";
import { temporaryOwner, temporaryPrefix } from "./temporary-name.ts";

/**
 * Removes what writers that were killed left in a directory: every temporary file for `name` (the caller holds its
 * lock, so nobody else is writing one) and those of processes that are gone.
 */
export async function sweepTemporaries(anchor: FolderAnchor, name: string): Promise<void> {
  const prefix = temporaryPrefix(name);
  for await (const entry of await opendir(anchor.path, { bufferSize: 512 })) {
    const owner = temporaryOwner(entry.name);
    if (owner === undefined || !entry.isFile()) continue;
    if (!entry.name.startsWith(prefix) && isProcess(owner)) continue;
    await whenThere(unlink(anchor.at(entry.name)));
  }
}
