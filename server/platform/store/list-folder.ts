import type { Dirent } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { nameRefusal } from "./document-path.ts";
import type { ListedDocument, Skipped } from "./document-store.ts";
import { isMissing, whenThere } from "./error-code.ts";
import { type FolderAnchor, openAnchor } from "./folder-anchor.ts";
import { temporaryOwner } from "./temporary-name.ts";

export interface FolderQuery {
  readonly realRoot: string;
  /** Relative to the root; empty: the root. */
  readonly folder: string;
  readonly suffix: string;
  readonly onSkipped: (skipped: Skipped) => void;
}

/** How many files one batch holds at most: the loop is free between batches. */
const BATCH = 500;
/** Names read from the system at once. */
const READ_AHEAD = 512;
/** More stats at once only wait for the four threads that do them. */
const AT_ONCE = 32;
const NEVER_LISTED = new Set([".git", "node_modules"]);

/** Regular files below a folder, depth first, in batches of at most 500. A missing folder has none. */
export async function* listFolder(query: FolderQuery): AsyncGenerator<readonly ListedDocument[]> {
  const folders = [query.folder];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const anchor = await openOrSkip(query, folder);
    if (anchor === undefined) continue;
    try {
      yield* listOne(query, folder, anchor, folders);
    } finally {
      await anchor.close();
    }
  }
}

async function* listOne(
  query: FolderQuery,
  folder: string,
  anchor: FolderAnchor,
  folders: string[],
): AsyncGenerator<readonly ListedDocument[]> {
  let names: string[] = [];
  const entries = await opendir(anchor.path, { bufferSize: READ_AHEAD });
  for await (const entry of entries) {
    const kind = classify(entry, query.suffix);
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (kind === "folder") folders.push(path);
    else if (kind === "document") names.push(entry.name);
    else if (kind !== "other") query.onSkipped({ path, reason: kind });
    if (names.length < BATCH) continue;
    yield await statAll(anchor, folder, names);
    names = [];
  }
  if (names.length > 0) yield await statAll(anchor, folder, names);
}

type EntryKind = "folder" | "document" | "other" | Skipped["reason"];

/** What a directory's entry is to a list of documents whose names end with `suffix`. */
export function classify(entry: Dirent, suffix: string): EntryKind {
  if (entry.isDirectory()) {
    if (NEVER_LISTED.has(entry.name)) return "other";
    return nameRefusal(entry.name, "existing") === undefined ? "folder" : "bad-name";
  }
  if (entry.isSymbolicLink()) return "link";
  if (!entry.name.endsWith(suffix) || temporaryOwner(entry.name) !== undefined) return "other";
  if (!entry.isFile()) return "special";
  return nameRefusal(entry.name, "existing") === undefined ? "document" : "bad-name";
}

/** Regular files right in one folder whose names are wanted; other entries are not even looked at. */
export async function findInFolder(
  realRoot: string,
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<readonly ListedDocument[]> {
  const anchor = await whenThere(openAnchor(realRoot, folder));
  if (anchor === undefined) return [];
  try {
    const names: string[] = [];
    for await (const entry of await opendir(anchor.path, { bufferSize: READ_AHEAD })) {
      if (isWanted(entry.name) && classify(entry, "") === "document") names.push(entry.name);
    }
    return await statAll(anchor, folder, names);
  } finally {
    await anchor.close();
  }
}

async function statAll(anchor: FolderAnchor, folder: string, names: readonly string[]): Promise<ListedDocument[]> {
  const listed: ListedDocument[] = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const some = names.slice(start, start + AT_ONCE);
    const stats = await Promise.all(some.map((name) => whenThere(lstat(anchor.at(name)))));
    for (const [index, name] of some.entries()) {
      const found = stats[index];
      // Gone, or swapped for something else since the name was read.
      if (found === undefined || !found.isFile()) continue;
      const path = folder === "" ? name : `${folder}/${name}`;
      listed.push({ path, size: found.size, modified: found.mtimeMs, ...(found.nlink > 1 && { hasOtherNames: true }) });
    }
  }
  return listed;
}

async function openOrSkip(query: FolderQuery, folder: string): Promise<FolderAnchor | undefined> {
  try {
    return await openAnchor(query.realRoot, folder);
  } catch (error) {
    // One folder that may not be read, or that went away or became a link, must not cost the person all the others.
    if (isMissing(error)) return undefined;
    if (folder === query.folder) throw error;
    query.onSkipped({ path: folder, reason: "no-permission" });
    return undefined;
  }
}
