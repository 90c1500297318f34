/** What the folder store does to one document while nobody else may: compare first, then change. */
import { statSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { join } from "node:path";
import { contentRevision } from "./content-revision.ts";
import { checkDocumentPath, printable } from "./document-path.ts";
import { type Revision, type StoredDocument, StoreFailure, type WriteResult } from "./document-store.ts";
import { syncDirectory } from "./durable-directory.ts";
import { isMissing, whenThere } from "./error-code.ts";
import type { FileLocks } from "./file-locks.ts";
import { type FolderAnchor, makeAnchor, openAnchor } from "./folder-anchor.ts";
import { holdReplaced } from "./late-write.ts";
import { readRegularFile } from "./read-regular-file.ts";
import { sweepTemporaries } from "./sweep-temporaries.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

const appendsTried = 5;

export interface LockedFolder {
  /** @throws StoreFailure `away` */
  readonly checkRoot: () => Promise<void>;
  readonly locks: FileLocks;
  readonly maxBytes: number;
  /** Folders whose left-over temporary files were removed since the start. */
  readonly swept: Set<string>;
}

interface Target {
  readonly path: string;
  readonly name: string;
  readonly anchor: FolderAnchor;
  /** What is there now, read under the lock. */
  readonly current: StoredDocument | undefined;
  readonly isProtected: boolean;
}

/** Reads one document through its open folder. */
export async function readThrough(
  anchor: FolderAnchor,
  document: { readonly path: string; readonly name: string; readonly maxBytes: number },
): Promise<StoredDocument & { readonly mode: number }> {
  const { path, name, maxBytes } = document;
  const file = await readRegularFile(anchor.at(name), { named: path, maxBytes });
  return { path, ...file, revision: await contentRevision(file.bytes) };
}

/**
 * Writes the whole document if it still is `expected` (undefined: if it is not there), durably. @throws the
 * system's error, StoreFailure
 */
export async function replaceDocument(
  folder: LockedFolder & { readonly realRoot: string },
  path: string,
  change: { readonly bytes: Uint8Array; readonly expected: Revision | undefined },
): Promise<WriteResult> {
  const { bytes, expected } = change;
  const open = expected === undefined ? makeAnchor : openAnchor;
  return unlessGone(expected, () =>
    withDocument(folder, { path, open }, async (target) => {
      if (target.current?.revision !== expected) return { outcome: "stale", current: target.current };
      try {
        return await put(target, bytes, folder.maxBytes);
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        return { outcome: "stale", current: await whenThere(readThrough(target.anchor, { ...target, ...folder })) };
      }
    }),
  );
}

/**
 * Adds bytes at the end, durably; makes the document where there is none. @throws the system's error, StoreFailure
 */
export async function appendDocument(
  folder: LockedFolder & { readonly realRoot: string },
  path: string,
  bytes: Uint8Array,
): Promise<Revision> {
  const append = (): Promise<Revision> =>
    withDocument(folder, { path, open: makeAnchor }, async (target) => {
      // Replaced as a whole: half of an appended block must never be seen, not even after a power cut.
      const whole = target.current === undefined ? bytes : Buffer.concat([target.current.bytes, bytes]);
      return (await put(target, whole, folder.maxBytes)).revision;
    });
  for (let tries = 1; ; tries += 1) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || tries === appendsTried) throw error;
    }
  }
}

/** Removes the document if it still is `expected`, durably. @throws the system's error, StoreFailure */
export async function removeDocument(
  folder: LockedFolder & { readonly realRoot: string },
  path: string,
  expected: Revision,
): Promise<WriteResult> {
  return unlessGone(expected, () =>
    withDocument(folder, { path, open: openAnchor }, async (target) => {
      const { anchor, current, name } = target;
      if (current?.revision !== expected) return { outcome: "stale", current };
      if (target.isProtected) throw writeProtected(path);
      if (!isUnchanged(target)) {
        return { outcome: "stale", current: await whenThere(readThrough(anchor, { ...target, ...folder })) };
      }
      await unlink(anchor.at(name));
      await syncDirectory(anchor.path);
      return { outcome: "written", revision: expected, modified: current.modified };
    }),
  );
}

async function withDocument<T>(
  folder: LockedFolder & { readonly realRoot: string },
  document: { readonly path: string; readonly open: typeof makeAnchor },
  work: (target: Target) => Promise<T>,
): Promise<T> {
  const { path, open } = document;
  const { folder: parent, name } = checkDocumentPath(path, "existing");
  return folder.locks.hold(join(folder.realRoot, parent, name), async () => {
    // Again: the lock may have been waited for.
    await folder.checkRoot();
    const anchor = await open(folder.realRoot, parent);
    try {
      if (!folder.swept.has(parent)) await sweepTemporaries(anchor, name);
      folder.swept.add(parent);
      const found = await whenThere(readThrough(anchor, { path, name, maxBytes: folder.maxBytes }));
      if (found === undefined) return await work({ path, name, anchor, current: undefined, isProtected: false });
      const { mode, ...current } = found;
      return await work({ path, name, anchor, current, isProtected: (mode & 0o222) === 0 });
    } finally {
      await anchor.close();
    }
  });
}

async function put(target: Target, bytes: Uint8Array, maxBytes: number): Promise<WriteResult & { outcome: "written" }> {
  const { path, anchor, name } = target;
  if (target.current === undefined) checkDocumentPath(path, "new");
  if (bytes.byteLength > maxBytes) throw tooLarge(path, bytes.byteLength, maxBytes);
  if (target.isProtected) throw writeProtected(path);
  const revision = await contentRevision(bytes);
  const { current } = target;
  const replaced = current === undefined ? undefined : await holdReplaced(anchor.at(name));
  try {
    // To make new bytes durable takes a disk's time, and an editor knows nothing of our lock.
    const { modified } = await writeFileAtomic(anchor.at(name), bytes, { beforeRename: () => refuseChanged(target) });
    const read = current && { size: current.bytes.length, modified: current.modified };
    const late = read && (await replaced?.lateWrite(read));
    if (late !== undefined) {
      // Somebody saved into the file that was just replaced: theirs goes back, and ours is put on it by who asked.
      await writeFileAtomic(anchor.at(name), late);
      throw new ChangedMeanwhile();
    }
    return { outcome: "written", revision, modified };
  } finally {
    await replaced?.close();
  }
}

class ChangedMeanwhile extends Error {}

/** @throws ChangedMeanwhile when the file is not the one that was read */
function refuseChanged(target: Target): void {
  if (!isUnchanged(target)) throw new ChangedMeanwhile();
}

/** Looks at size and time, right before the rename or the end: what is left is the time between two calls of the system. */
function isUnchanged({ anchor, name, current }: Target): boolean {
  const found = statSync(anchor.at(name), { throwIfNoEntry: false });
  return found?.mtimeMs === current?.modified && (found === undefined || found.size === current?.bytes.length);
}

/** A folder that went away took the expected document with it: that is stale, not an error. */
async function unlessGone(expected: Revision | undefined, work: () => Promise<WriteResult>): Promise<WriteResult> {
  try {
    return await work();
  } catch (error) {
    if (expected !== undefined && isMissing(error)) return { outcome: "stale", current: undefined };
    throw error;
  }
}

function tooLarge(path: string, size: number, maxBytes: number): StoreFailure {
  const [has, limit] = [Math.ceil(size / 2 ** 20), Math.floor(maxBytes / 2 ** 20)];
  const message = `“${printable(path)}” would be ${has} MB; the most is ${limit} MB. It still has the content it had before.`;
  return new StoreFailure("too-large", path, message);
}

function writeProtected(path: string): StoreFailure {
  const message = `“${printable(path)}” is marked read-only. It was left as it is. Allow writing to it, then try again.`;
  return new StoreFailure("no-permission", path, message);
}
