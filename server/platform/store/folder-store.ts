import { resolve } from "node:path";
import { checkDocumentPath } from "./document-path.ts";
import type { DocumentStore, Skipped, StoredDocument } from "./document-store.ts";
import { fileLocks } from "./file-locks.ts";
import { nearestExisting, openAnchor, realPathOf } from "./folder-anchor.ts";
import { findInFolder, listFolder } from "./list-folder.ts";
import { appendDocument, readThrough, removeDocument, replaceDocument } from "./locked-document.ts";
import { holdRoot } from "./root-identity.ts";
import { type StoreAction, toStoreFailure } from "./to-store-failure.ts";

export interface FolderStoreOptions {
  /** The person's folder, itself perhaps a link; it may be missing until something is written. */
  readonly root: string;
  /** Outside the folder, in the app's own data; the same for every process that works on it. */
  readonly locksDirectory: string;
  /** The largest file that is opened or written, in bytes; 256 MB when not given. */
  readonly maxBytes?: number;
  /** Refuses everything while the root is not the folder that it was at first: nothing is made anew in its place. */
  readonly holdsRoot?: true;
  /** Told of links, devices, bad names and closed folders that a list left out. */
  readonly onSkipped?: (skipped: Skipped) => void;
}

export interface FolderStore extends DocumentStore {
  /** @throws StoreFailure `away`, in a store that holds its root */
  checkRoot(): Promise<void>;
  /** Waits for writes that were begun. */
  close(): Promise<void>;
}

const MOST_BYTES = 256 * 2 ** 20;

/**
 * The store in a folder of plain files. A file with several hard links is read; a write replaces the name it was
 * given and leaves the file's other names with the old content, since only a rename is atomic.
 */
export function openFolderStore(options: FolderStoreOptions): FolderStore {
  const root = resolve(options.root);
  const { maxBytes = MOST_BYTES, onSkipped = () => undefined } = options;
  const held = options.holdsRoot && holdRoot(root);
  const checkRoot = async (): Promise<void> => held?.check();
  const folder = { maxBytes, checkRoot, locks: fileLocks(options.locksDirectory), swept: new Set<string>() };

  const guarded = async <T>(path: string, action: StoreAction, work: (realRoot: string) => Promise<T>): Promise<T> => {
    try {
      await checkRoot();
      const result = await work(await realPathOf(root));
      // The first write makes a folder that was missing: from then on it is this one.
      if (action === "write") await checkRoot();
      return result;
    } catch (error) {
      throw await toStoreFailure(error, { path, action, root: await nearestExisting(root) });
    }
  };

  return {
    async *list(path, suffix, tell) {
      const both = (skipped: Skipped): void => {
        onSkipped(skipped);
        tell?.(skipped);
      };
      try {
        if (path !== "") checkDocumentPath(path, "existing");
        await checkRoot();
        yield* listFolder({ realRoot: await realPathOf(root), folder: path, suffix, onSkipped: both });
      } catch (error) {
        throw await toStoreFailure(error, { path, action: "list", root });
      }
    },
    find: (path, isWanted) =>
      guarded(path, "list", (realRoot) => {
        if (path !== "") checkDocumentPath(path, "existing");
        return findInFolder(realRoot, path, isWanted);
      }),
    read: (path) => guarded(path, "read", (realRoot) => readDocument(realRoot, path, maxBytes)),
    write: (path, bytes, expected) =>
      guarded(path, "write", (realRoot) => replaceDocument({ ...folder, realRoot }, path, { bytes, expected })),
    append: (path, bytes) => guarded(path, "write", (realRoot) => appendDocument({ ...folder, realRoot }, path, bytes)),
    remove: (path, expected) =>
      guarded(path, "remove", (realRoot) => removeDocument({ ...folder, realRoot }, path, expected)),
    checkRoot,
    close: () => folder.locks.close(),
  };
}

async function readDocument(realRoot: string, path: string, maxBytes: number): Promise<StoredDocument> {
  const { folder, name } = checkDocumentPath(path, "existing");
  const anchor = await openAnchor(realRoot, folder);
  try {
    const { mode: _, ...document } = await readThrough(anchor, { path, name, maxBytes });
    return document;
  } finally {
    await anchor.close();
  }
}
