/** Files that Folio put beside conversations for their long texts and that no part names any more. */
import type { Conversation } from "../../shared/chat-format/conversation.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { StoreFailure } from "../platform/store/document-store.ts";
import { conversationSuffix, conversationsFolder, parseFile } from "./conversation-file.ts";
import { readOrLeave } from "./side-files-trash.ts";

export interface UnusedSideFile {
  readonly path: string;
  readonly revision: string;
  /** In bytes. */
  readonly size: number;
}

/** As Folio names them: `<part id>-<start of the hash>.md` right in the conversation's folder. */
const ownName = /^(.*)\.files\/([^/]+-([0-9a-f]{12})\.md)$/;

/**
 * Only what is surely nobody's: it has the name and still the bytes that Folio gave it, and the conversation that the
 * folder belongs to is there, can be read and is no half of a merge. Everything else in such a folder is the person's.
 * @throws StoreFailure when the folder cannot be looked through
 */
export async function* findUnusedSideFiles(store: DocumentStore): AsyncGenerator<UnusedSideFile> {
  const known = new Map<string, ReadonlySet<string> | undefined>();
  for await (const batch of store.list(conversationsFolder, ".md")) {
    for (const { path, size } of batch) {
      const [, stem, name, hash] = ownName.exec(path) ?? [];
      if (stem === undefined || name === undefined || hash === undefined) continue;
      if (!known.has(stem)) known.set(stem, await namesIn(store, `${stem}${conversationSuffix}`));
      const names = known.get(stem);
      if (names === undefined || names.has(name)) continue;
      const document = await readOrLeave(store, path);
      if (document?.revision.startsWith(hash)) yield { path, revision: document.revision, size };
    }
  }
}

/** Moves it to the trash, durable there before it leaves the folder. Answers false when it has changed since. @throws StoreFailure */
export async function trashSideFile(
  stores: { readonly from: DocumentStore; readonly to: DocumentStore },
  { path, revision }: UnusedSideFile,
  token: string,
): Promise<boolean> {
  const document = await readOrLeave(stores.from, path);
  if (document?.revision !== revision) return false;
  await stores.to.write(`${token}/${path}`, document.bytes, undefined);
  return (await stores.from.remove(path, revision)).outcome === "written";
}

/** The names of all files that a part of the conversation names, in whatever folder; undefined when that cannot be told. */
async function namesIn(store: DocumentStore, path: string): Promise<ReadonlySet<string> | undefined> {
  const document = await readOrLeave(store, path);
  const conversation = document === undefined ? undefined : parsedOrLeft(document);
  if (conversation === undefined || conversation.readOnly !== undefined) return undefined;
  const sources = conversation.messages.flatMap(({ parts }) => parts.map((part) => part.attributes["src"] ?? ""));
  return new Set(sources.map((src) => src.slice(src.lastIndexOf("/") + 1)));
}

function parsedOrLeft(document: StoredDocument): Conversation | undefined {
  try {
    return parseFile(document);
  } catch (error) {
    if (error instanceof StoreFailure) return undefined;
    throw error;
  }
}
