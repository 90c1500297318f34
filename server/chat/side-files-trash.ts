/** The files beside a conversation on their way to the trash and back. */
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { StoreFailure } from "../platform/store/document-store.ts";
import { conversationSuffix } from "./conversation-file.ts";
import { sideFolder } from "./side-files.ts";

type Copied = Pick<StoredDocument, "path" | "revision">;

/**
 * Copies what lies in a conversation's folder of side files, durably; answers what is at its new place now. What cannot
 * be read or is another file there stays where it is. A conversation in that folder is one of its own.
 * @throws StoreFailure when the copy cannot be written
 */
export async function copySideFiles(
  stores: { readonly from: DocumentStore; readonly to: DocumentStore },
  conversationPath: string,
  placeOf: (path: string) => string,
): Promise<readonly Copied[]> {
  const copied: Copied[] = [];
  for await (const batch of stores.from.list(sideFolder(conversationPath), "")) {
    for (const { path } of batch) {
      const document = path.endsWith(conversationSuffix) ? undefined : await readOrLeave(stores.from, path);
      if (document === undefined) continue;
      const { revision } = document;
      const written = await stores.to.write(placeOf(path), document.bytes, undefined);
      if (written.outcome === "written" || written.current?.revision === revision) copied.push({ path, revision });
    }
  }
  return copied;
}

/** Removes what was copied and has not changed since. @throws StoreFailure */
export async function removeSideFiles(store: DocumentStore, copied: readonly Copied[]): Promise<void> {
  for (const { path, revision } of copied) await store.remove(path, revision);
}

/** Undefined for what cannot be read, whatever the reason: it is left where it is. */
export async function readOrLeave(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure) return undefined;
    throw error;
  }
}
