import { open, stat, statfs, unlink } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../store/durable-directory.ts";
import { whenThere } from "../store/error-code.ts";
import { writeAll } from "../store/write-all.ts";

/** Room set aside, so that what is being answered can still be saved when the disk gets full. */
export interface JournalReserve {
  /** Gives the room back to the disk; false when there was none. */
  give(): Promise<boolean>;
  /** Sets the room aside when there is plenty; whether it is there now. Never rejects. */
  make(): Promise<boolean>;
}

/** The reserve is taken again only when this many times its size is free: not the last bytes of a person's disk. */
const PLENTY = 4;

export function journalReserve(directory: string, size: number): JournalReserve {
  const path = join(directory, "reserve");

  const isThere = async () => (await whenThere(stat(path)))?.size === size;

  const fill = async () => {
    const handle = await open(path, "w", 0o600);
    try {
      // Real zeros: a sparse file would set nothing aside.
      await writeAll(handle, Buffer.alloc(size), 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncDirectory(directory);
  };

  // Room that is being set aside while it is asked for would be said to be there, and would not be.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<boolean>): Promise<boolean> => {
    const mine = last.then(work);
    last = mine;
    return mine;
  };

  const remove = async () => {
    const wasThere = ((await whenThere(stat(path)))?.size ?? 0) > 0;
    await whenThere(unlink(path));
    return wasThere;
  };

  const give = () => remove().catch(() => false);

  const make = async () => {
    try {
      if (await isThere()) return true;
      const space = await statfs(directory);
      if (space.bavail * space.bsize < PLENTY * size) return false;
      await fill();
      return true;
    } catch {
      await give();
      return false;
    }
  };

  return { give: () => inTurn(give), make: () => inTurn(make) };
}
