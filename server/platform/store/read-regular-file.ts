import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { printable } from "./document-path.ts";
import { StoreFailure } from "./document-store.ts";

/** Non-blocking, so that a FIFO without a writer does not hold a thread; a link in the last place is refused. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const MOST_TRIES = 3;

export interface RegularFile {
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * Reads a whole regular file; read again when it changed meanwhile. `named` is the path to tell the person.
 * @throws StoreFailure `not-a-file`, `too-large`; the system's error otherwise
 */
export async function readRegularFile(
  path: string,
  options: { readonly named: string; readonly maxBytes: number },
): Promise<RegularFile> {
  const handle = await open(path, FLAGS);
  try {
    for (let tries = 1; ; tries += 1) {
      const before = await handle.stat();
      if (!before.isFile()) throw notAFile(options.named);
      if (before.size > options.maxBytes) throw tooLarge(options.named, options.maxBytes);
      const bytes = await readBytes(handle, before.size);
      const after = await handle.stat();
      const isSettled = after.size === before.size && after.mtimeMs === before.mtimeMs;
      if (isSettled || tries === MOST_TRIES) return { bytes, modified: after.mtimeMs, mode: after.mode & 0o777 };
    }
  } finally {
    await handle.close();
  }
}

async function readBytes(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await handle.read(bytes, done, size - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

function notAFile(path: string): StoreFailure {
  const message = `“${printable(path)}” is not a regular file. Folio opens no links, folders or devices. Nothing was changed.`;
  return new StoreFailure("not-a-file", path, message);
}

function tooLarge(path: string, maxBytes: number): StoreFailure {
  const limit = Math.floor(maxBytes / 2 ** 20);
  const message = `“${printable(path)}” is larger than ${limit} MB, the most that Folio opens. It was left as it is.`;
  return new StoreFailure("too-large", path, message);
}
