/** Takes one file out of a zip archive in memory (a Python wheel is one). */
import { crc32, inflateRawSync } from "node:zlib";

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

interface Found {
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The bytes of the entry called `name`. Stored and deflated entries, no ZIP64.
 * @throws Error when the archive is damaged, has no such entry, or the entry is larger than `limitBytes`
 */
export function zipEntry(archive: Buffer, name: string, limitBytes: number): Buffer {
  const found = findEntry(archive, name);
  if (found === undefined) throw new Error(`The archive has no ${name}.`);
  if (found.size > limitBytes) throw new Error(`${name} is larger than ${limitBytes} bytes.`);
  if (archive.readUInt32LE(found.offset) !== localHeader) throw new Error("The archive is damaged.");
  const start = found.offset + 30 + archive.readUInt16LE(found.offset + 26) + archive.readUInt16LE(found.offset + 28);
  const stored = archive.subarray(start, start + found.compressed);
  const bytes = found.method === 0 ? stored : inflateRawSync(stored, { maxOutputLength: limitBytes });
  if (bytes.length !== found.size || crc32(bytes) !== found.crc) throw new Error(`${name} is damaged.`);
  return bytes;
}

function findEntry(archive: Buffer, name: string): Found | undefined {
  const end = endOfArchive(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let entries = archive.readUInt16LE(end + 10); entries > 0; entries -= 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error("The archive is damaged.");
    const nameLength = archive.readUInt16LE(at + 28);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) return entryAt(archive, at);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return undefined;
}

function entryAt(archive: Buffer, at: number): Found {
  const method = archive.readUInt16LE(at + 10);
  if (method !== 0 && method !== 8) throw new Error("The archive is packed in a way that is not known here.");
  return {
    method,
    crc: archive.readUInt32LE(at + 16),
    compressed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  };
}

/** The record is the last thing in the archive but for a comment of up to 65,535 bytes. */
function endOfArchive(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 65_535); at -= 1) {
    if (archive.readUInt32LE(at) === endOfDirectory) return at;
  }
  throw new Error("This is not a zip archive.");
}
