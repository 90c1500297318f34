import { type DocumentStore, StoreFailure } from "../platform/store/document-store.ts";

/** Why a folder cannot be used although something has its name: a file, a link. Undefined for a folder, or nothing. */
export async function whyNoFolder(store: DocumentStore, folder: string): Promise<string | undefined> {
  try {
    await store.find(folder, () => false);
    await store.read(folder);
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    // What a folder answers to who would read it as a file.
    if (error.code === "not-found" || error.code === "not-a-file") return undefined;
    if (error.code !== "too-large") return error.message;
  }
  return `A file stands where the folder ${folder}/ should be. Move it away, then try again.`;
}
