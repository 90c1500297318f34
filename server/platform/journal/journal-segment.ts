import { type FileHandle, open, unlink } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../store/durable-directory.ts";
import { whenThere } from "../store/error-code.ts";
import { writeAll } from "../store/write-all.ts";
import { openingLine, type SegmentOpening } from "./journal-line.ts";

/** One file of the journal that is being written. Only one call at a time. */
export interface JournalSegment {
  readonly segment: number;
  /** Bytes that are on disk and count. */
  bytes(): number;
  /** False after a failure that left it unknown what is on disk: it must not be written again. */
  isSound(): boolean;
  /** Adds bytes; they are on disk when it resolves. Rejects with the system's error; nothing of them counts then. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export function segmentPath(directory: string, segment: number): string {
  return join(directory, `${String(segment).padStart(10, "0")}.journal`);
}

export function segmentNumber(name: string): number | undefined {
  const found = /^(\d{10})\.journal$/.exec(name);
  return found === null ? undefined : Number(found[1]);
}

/** Begins a new file, durable with its opening line, or rejects and leaves none. */
export async function beginSegment(directory: string, opening: SegmentOpening): Promise<JournalSegment> {
  const path = segmentPath(directory, opening.segment);
  const handle = await open(path, "wx", 0o600);
  try {
    const segment = openSegment(handle, opening.segment);
    await segment.append(Buffer.from(openingLine(opening)));
    await syncDirectory(directory);
    return segment;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await whenThere(unlink(path)).catch(() => undefined);
    throw error;
  }
}

function openSegment(handle: FileHandle, segment: number): JournalSegment {
  let good = 0;
  let isSound = true;

  /** Takes back what a failed append may have left, so that it cannot be recovered as if it had counted. */
  const cutBack = async (): Promise<boolean> => {
    try {
      await handle.truncate(good);
      await handle.datasync();
      return true;
    } catch {
      return false;
    }
  };

  return {
    segment,
    bytes: () => good,
    isSound: () => isSound,
    async append(bytes) {
      let isWritten = false;
      try {
        await writeAll(handle, bytes, good);
        isWritten = true;
        await handle.datasync();
        good += bytes.byteLength;
      } catch (error) {
        const isCut = await cutBack();
        // After a failed sync the system may have dropped the pages and calls the next sync a success.
        isSound = isCut && !isWritten;
        throw error;
      }
    },
    close: () => handle.close(),
  };
}
