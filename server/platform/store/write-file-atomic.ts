import { randomBytes } from "node:crypto";
import { renameSync } from "node:fs";
import { type FileHandle, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeDirectory, syncDirectory } from "./durable-directory.ts";
import { errorCode, whenThere } from "./error-code.ts";
import { temporaryName } from "./temporary-name.ts";
import { writeAll } from "./write-all.ts";

/**
 * Replaces a file so that after a crash at any instant it holds the old bytes or the new ones: temporary file in the
 * same directory, fsync, rename, fsync of the directory. Missing parent directories are made. The mode is `mode`, else
 * that of the file it replaces, else what the umask leaves. Answers the time that the new file has, in milliseconds since
 * 1970: who looks at the path afterwards may find that it was moved, or is somebody else's by then.
 * Rejects with the system's error; the old file is then untouched, unless only the last step (making the new name
 * durable) failed. This is the one place that writes files a person owns.
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array | string,
  options: {
    readonly mode?: number;
    /**
     * Asked when all is ready, right before the rename; what it throws leaves the old file. The rename is made in the same
     * turn: one that waits for a free thread comes, on a busy machine, after what it must not overwrite.
     */
    readonly beforeRename?: () => void;
  } = {},
): Promise<{ readonly modified: number }> {
  const directory = dirname(path);
  const temporary = join(directory, temporaryName(basename(path), process.pid, randomBytes(6).toString("hex")));
  const replaced = await whenThere(stat(path));
  const mode = options.mode ?? (replaced === undefined ? undefined : replaced.mode & 0o777);
  const handle = await openNew(temporary, directory, mode ?? 0o666);
  let modified: number;
  try {
    modified = await fill(handle, typeof bytes === "string" ? Buffer.from(bytes) : bytes, mode);
    if (options.beforeRename === undefined) await rename(temporary, path);
    else renameAfter(options.beforeRename, temporary, path);
  } catch (error) {
    // The first failure is the one to tell; a temporary file that stays is swept with the next write.
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectory(directory);
  return { modified };
}

function renameAfter(look: () => void, temporary: string, path: string): void {
  look();
  renameSync(temporary, path);
}

async function openNew(temporary: string, directory: string, mode: number): Promise<FileHandle> {
  try {
    return await open(temporary, "wx", mode);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  await makeDirectory(directory);
  return open(temporary, "wx", mode);
}

async function fill(handle: FileHandle, bytes: Uint8Array, mode: number | undefined): Promise<number> {
  try {
    // The umask may have taken bits from the mode that it was opened with.
    if (mode !== undefined) await handle.chmod(mode);
    await writeAll(handle, bytes, 0);
    await handle.sync();
    return (await handle.stat()).mtimeMs;
  } finally {
    await handle.close();
  }
}
