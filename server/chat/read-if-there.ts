import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { StoreFailure } from "../platform/store/document-store.ts";

/** Undefined for what is not there, or is no regular file. @throws StoreFailure for everything else that is wrong */
export async function readIfThere(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && (error.code === "not-found" || error.code === "not-a-file")) return undefined;
    throw error;
  }
}
