import { type DocumentStore, type StoredDocument, StoreFailure } from "../platform/store/document-store.ts";

/** Undefined when there is no such file. @throws StoreFailure for everything else */
export async function readIfThere(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && error.code === "not-found") return undefined;
    throw error;
  }
}
