import { type DocumentStore, type ListedDocument, StoreFailure } from "../platform/store/document-store.ts";
import { type DocumentFacts, documentFacts } from "./document-facts.ts";
import type { DocumentReaders } from "./document-readers.ts";

/** Larger files are named in the list and not read. */
export const mostBytes = 20 * 1024 * 1024;

/** Facts of documents, kept until size or time of the file say that it is another one. */
export interface DocumentCache {
  facts(listed: ListedDocument): Promise<DocumentFacts>;
  forget(path: string): void;
}

export function createDocumentCache(store: DocumentStore, readers: DocumentReaders): DocumentCache {
  const known = new Map<string, { readonly listed: ListedDocument; readonly facts: DocumentFacts }>();
  return {
    facts: async (listed) => {
      const held = known.get(listed.path);
      if (held?.listed.size === listed.size && held.listed.modified === listed.modified) return held.facts;
      const facts = await read(store, readers, listed);
      known.set(listed.path, { listed, facts });
      return facts;
    },
    forget: (path) => void known.delete(path),
  };
}

async function read(store: DocumentStore, readers: DocumentReaders, listed: ListedDocument): Promise<DocumentFacts> {
  const unread = { revision: "", firstSentence: "", findings: 0 };
  if (listed.size > mostBytes) return { ...unread, readOnly: "too-large" };
  try {
    return documentFacts(await store.read(listed.path), readers);
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    return { ...unread, readOnly: "unreadable" };
  }
}
