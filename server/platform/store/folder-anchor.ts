/**
 * A directory that was opened and found to be the one that was meant. Names are then opened relative to the open
 * directory, so that nobody can swap a part of the path for a link between the check and the use.
 */
import { constants } from "node:fs";
import { type FileHandle, open, readlink, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { printable } from "./document-path.ts";
import { StoreFailure } from "./document-store.ts";
import { makeDirectory } from "./durable-directory.ts";
import { whenThere } from "./error-code.ts";

export interface FolderAnchor {
  /** The path under which this directory's names are reached. */
  at(name: string): string;
  /** The directory itself. */
  readonly path: string;
  close(): Promise<void>;
}

/** Linux gives an open directory a path of its own; elsewhere the checked path has to do. */
const OPEN_FILES = "/proc/self/fd";
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Opens `folder` (relative, checked names, empty for the root itself) below the root's real path.
 * @throws StoreFailure `outside` when a part of the path is a link; the system's error when it is not there
 */
export async function openAnchor(realRoot: string, folder: string): Promise<FolderAnchor> {
  const path = join(realRoot, folder);
  if (process.platform !== "linux") {
    await refuseLinks(path, folder);
    return { path, at: (name) => join(path, name), close: async () => undefined };
  }
  const handle = await openDirectory(path, folder);
  try {
    const anchor = `${OPEN_FILES}/${handle.fd}`;
    if ((await readlink(anchor)) !== path) throw linked(folder);
    return { path: anchor, at: (name) => `${anchor}/${name}`, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** As `openAnchor`, after making what is missing of the path. */
export async function makeAnchor(realRoot: string, folder: string): Promise<FolderAnchor> {
  const anchor = await whenThere(openAnchor(realRoot, folder));
  if (anchor !== undefined) return anchor;
  const path = join(realRoot, folder);
  await refuseLinks(await nearestExisting(path), folder);
  await makeDirectory(path);
  return openAnchor(realRoot, folder);
}

async function openDirectory(path: string, folder: string): Promise<FileHandle> {
  try {
    return await open(path, OPEN_FLAGS);
  } catch (error) {
    // With O_DIRECTORY a link in the last place is "not a directory", as a missing parent may be: tell them apart.
    await refuseLinks(path, folder);
    throw error;
  }
}

async function refuseLinks(path: string, folder: string): Promise<void> {
  const real = await realpath(path);
  if (!isSamePath(real, path)) throw linked(folder);
}

/** macOS and Windows answer with the spelling on disk, which may differ in case and composition. */
function isSamePath(left: string, right: string): boolean {
  if (left === right) return true;
  if (process.platform === "linux") return false;
  return left.normalize("NFC").toLowerCase() === right.normalize("NFC").toLowerCase();
}

/** The longest part of a path that is there. */
export async function nearestExisting(path: string): Promise<string> {
  for (let part = path; ; part = dirname(part)) {
    if ((await whenThere(realpath(part))) !== undefined || part === dirname(part)) return part;
  }
}

/** The real path of something whose last parts may be missing. */
export async function realPathOf(path: string): Promise<string> {
  const real = await whenThere(realpath(path));
  if (real !== undefined) return real;
  const there = await nearestExisting(path);
  return join(await realpath(there), path.slice(there.length));
}

function linked(folder: string): StoreFailure {
  const message = `“${printable(folder)}” is or passes a link. Folio follows no links out of the folder. Nothing was opened.`;
  return new StoreFailure("outside", folder, message);
}
