import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { readText } from "../document-text.ts";
import { thinOut } from "./thin-out.ts";
import { readVersionIndex, type VersionIndex, type VersionLine, writeVersionLine } from "./version-index.ts";

export interface Content {
  readonly revision: string;
  readonly bytes: Uint8Array;
}

/** A larger document has no versions kept; only a task log grows so far, and that one only grows at its end. */
export const versionedBytes = 4 * 1024 * 1024;

/** Where versions lie: `versions/<hash of the path>/<revision>.gz`, and `index.jsonl` with one line a version. */
export interface VersionFiles {
  /** As it was last read by this process. */
  known(path: string): Promise<VersionIndex>;
  /** As it is on disk: another process may have added to it. */
  fresh(path: string): Promise<VersionIndex>;
  add(path: string, line: VersionLine): Promise<void>;
  keep(path: string, content: Content): Promise<void>;
  content(path: string, revision: string): Promise<Uint8Array | undefined>;
  /** Takes out what is too much. */
  thin(path: string): Promise<void>;
  forget(path: string): void;
}

const [zip, unzip] = [promisify(gzip), promisify(gunzip)];

export function createVersionFiles(own: DocumentStore): VersionFiles {
  const held = new Map<string, VersionIndex>();
  const fresh = async (path: string): Promise<VersionIndex> => {
    const file = await readIfThere(own, indexOf(path));
    const index = readVersionIndex(file === undefined ? "" : readText(file.bytes).text);
    held.set(path, index);
    return index;
  };
  return {
    fresh,
    known: async (path) => held.get(path) ?? (await fresh(path)),
    add: async (path, line) => {
      await own.append(indexOf(path), Buffer.from(writeVersionLine(line)));
      held.delete(path);
    },
    keep: async (path, { revision, bytes }) => {
      if ((await readIfThere(own, blobOf(path, revision))) !== undefined) return;
      await own.write(blobOf(path, revision), await zip(bytes), undefined);
    },
    content: async (path, revision) => {
      const file = await readIfThere(own, blobOf(path, revision));
      return file === undefined ? undefined : await unzip(file.bytes, { maxOutputLength: 2 * versionedBytes });
    },
    thin: async (path) => {
      await thinOut(own, { index: indexOf(path), blobOf: (revision) => blobOf(path, revision) }, await fresh(path));
      held.delete(path);
    },
    forget: (path) => void held.delete(path),
  };
}

function folderOf(path: string): string {
  return `versions/${createHash("sha256").update(path).digest("hex").slice(0, 32)}`;
}

function indexOf(path: string): string {
  return `${folderOf(path)}/index.jsonl`;
}

function blobOf(path: string, revision: string): string {
  return `${folderOf(path)}/${revision}.gz`;
}
