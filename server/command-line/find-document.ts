import { type KnownFile, knownCandidates, matchKnownName } from "../../shared/codex-format/documents/known-names.ts";
import { isParsed, tooLargeToParse } from "../documents/parsed-bounds.ts";
import { Problem } from "../platform/problem.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";

/**
 * As `findDocument`, for what is parsed whole: with the bounds that the server has.
 * @throws Problem `too-large`, StoreFailure
 */
export async function findParsedDocument(
  store: DocumentStore,
  file: KnownFile,
  usual: string,
): Promise<StoredDocument | undefined> {
  const document = await findDocument(store, file, usual);
  if (document === undefined || isParsed(document.bytes)) return document;
  throw new Problem("too-large", 413, `${document.path} is too large to be read. It was left as it is.`, {
    detail: `${tooLargeToParse}: it is not parsed.`,
  });
}

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
