import type { Logger } from "../platform/logger.ts";
import { type DocumentStore, type ListedDocument, StoreFailure } from "../platform/store/document-store.ts";
import { conversationSuffix, conversationsFolder, parseDocument, unreadableFrom } from "./conversation-file.ts";
import type { ConversationIndex, IndexedConversation } from "./conversation-index.ts";
import { createSlots } from "./slots.ts";

/** Each file that is read holds a descriptor. */
const readsAtOnce = 16;

export interface ScanDependencies {
  readonly store: DocumentStore;
  readonly index: ConversationIndex;
  readonly logger: Logger;
  /** Those that are open are in the list as memory has them: what was recovered may not have a file yet. */
  readonly isOpen: (path: string) => boolean;
}

/**
 * Makes the list agree with the files: reads only what is new or has another size or time than was indexed. Works in
 * small batches beside everything else; `signal` ends it early.
 */
export async function scanConversations(dependencies: ScanDependencies, signal: AbortSignal): Promise<void> {
  const { store, index, isOpen } = dependencies;
  const missing = new Map(index.stamps());
  const slots = createSlots(readsAtOnce);
  for await (const batch of store.list(conversationsFolder, conversationSuffix)) {
    if (signal.aborted) return;
    const changed = batch.filter((listed) => {
      const stamp = missing.get(listed.path);
      missing.delete(listed.path);
      return stamp === undefined || stamp.size !== listed.size || stamp.modified !== listed.modified;
    });
    const read = await Promise.all(changed.map((listed) => slots.use(() => readForIndex(dependencies, listed))));
    if (signal.aborted) return;
    index.inOneGo(() => {
      for (const [at, indexed] of read.entries()) {
        const listed = changed[at];
        if (indexed !== undefined && listed !== undefined && !isOpen(listed.path)) index.put(indexed, listed);
      }
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const path of missing.keys()) if (!isOpen(path)) index.remove(path);
}

async function readForIndex(
  { store, logger }: { readonly store: DocumentStore; readonly logger: Logger },
  listed: ListedDocument,
): Promise<IndexedConversation | undefined> {
  try {
    return parseDocument(await store.read(listed.path)).indexed;
  } catch (error) {
    logger.error("conversation not readable", { path: listed.path, error: String(error) });
    const isUnfit = error instanceof StoreFailure && error.code === "too-large";
    return isUnfit ? unreadableFrom(listed) : undefined;
  }
}
