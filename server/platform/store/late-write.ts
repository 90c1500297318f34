import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const lookEveryMs = 40;
const longestMs = 2000;

/** A file that is about to be replaced, held open: an editor that had opened it goes on writing into it, unseen. */
export interface ReplacedFile {
  /** What was written into it since it was read with this size and time; undefined for nothing. */
  lateWrite(read: { readonly size: number; readonly modified: number }): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** Undefined where it cannot be held: then nothing is known of late writes. */
export async function holdReplaced(path: string): Promise<ReplacedFile | undefined> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(() => undefined);
  if (handle === undefined) return undefined;
  return {
    lateWrite: async (read) => {
      const { size, mtimeMs } = await handle.stat();
      if (size === read.size && mtimeMs === read.modified) return undefined;
      return settled(handle);
    },
    close: () => handle.close(),
  };
}

/** An editor empties a file first and fills it then: read when it has stood still and is not empty. */
async function settled(handle: FileHandle): Promise<Uint8Array | undefined> {
  let last = await handle.stat();
  for (let waited = 0; waited < longestMs; waited += lookEveryMs) {
    await delay(lookEveryMs);
    const next = await handle.stat();
    if (next.size > 0 && next.size === last.size && next.mtimeMs === last.mtimeMs) break;
    last = next;
  }
  const { size } = await handle.stat();
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await handle.read(bytes, 0, size, 0);
  return bytesRead === 0 ? undefined : bytes.subarray(0, bytesRead);
}
