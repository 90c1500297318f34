import { type DocumentStore, type StoredDocument, StoreFailure, type StoreFailureCode } from "./document-store.ts";

/** Undefined when there is no such file. @throws StoreFailure for everything else, a folder in its place too */
export function readIfThere(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  return readUnless(store, path, ["not-found"]);
}

/** Undefined as well where a folder, a link or a pipe stands in the file's place. @throws StoreFailure for the rest */
export function readIfRegular(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  return readUnless(store, path, ["not-found", "not-a-file"]);
}

async function readUnless(
  store: DocumentStore,
  path: string,
  expected: readonly StoreFailureCode[],
): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && expected.includes(error.code)) return undefined;
    throw error;
  }
}
