import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { readLine } from "./journal-line.ts";
import type { SegmentLedger, WrittenEntry } from "./segment-ledger.ts";

/** Bytes that are read in one go, so that others get their turn. */
const SLICE = 512 * 1024;

/** The lines of a closed segment that hold an entry which is still wanted, as they are, up to byte `end`. */
export async function liveLines(
  path: string,
  options: { readonly ledger: SegmentLedger; readonly end: number },
): Promise<{ readonly bytes: Uint8Array; readonly entries: readonly WrittenEntry[] }> {
  const bytes = (await readFile(path)).subarray(0, options.end);
  const lines: Uint8Array[] = [];
  const entries: WrittenEntry[] = [];
  let rested = 0;
  for (let start = 0, feed = bytes.indexOf(10); feed !== -1; start = feed + 1, feed = bytes.indexOf(10, start)) {
    const line = readLine(bytes, start, feed + 1);
    if (start - rested > SLICE) {
      await setImmediate();
      rested = start;
    }
    if (line?.type !== "entry") continue;
    const { key, number } = line.entry;
    if (!options.ledger.isLive(key, number)) continue;
    lines.push(bytes.subarray(start, feed + 1));
    entries.push({ key, number, size: feed + 1 - start });
  }
  return { bytes: Buffer.concat(lines), entries };
}
