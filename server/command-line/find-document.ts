import { type KnownFile, knownCandidates, matchKnownName } from "../../shared/codex-format/documents/known-names.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";

/** The first document that goes by one of a known file's names; undefined when there is none. @throws StoreFailure */
export async function findDocument(
  store: DocumentStore,
  file: KnownFile,
  usual: string,
): Promise<StoredDocument | undefined> {
  const isWanted = (name: string): boolean => matchKnownName(name)?.file === file;
  const found = [...(await store.find(".codex", isWanted)), ...(await store.find("", isWanted))];
  const candidates = knownCandidates(
    file,
    found.map(({ path }) => path),
  );
  // Listed or not: a link in the usual place is to be told, not passed over.
  for (const path of [usual, ...candidates]) {
    const document = await readIfThere(store, path);
    if (document !== undefined) return document;
  }
  return undefined;
}
