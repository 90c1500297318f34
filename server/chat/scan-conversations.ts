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
  /**
   * Those whose row in the list is somebody else's: open ones are there as memory has them (what was recovered may not
   * have a file yet), and those that change meanwhile as the watcher tells.
   */
  readonly isElsewhere: (path: string) => boolean;
}

/** A file whose id another path has in the list. */
interface Waiting {
  readonly indexed: IndexedConversation;
  readonly listed: ListedDocument;
}

/**
 * Makes the list agree with the files: reads only what is new or has another size or time than was indexed. Works in
 * small batches beside everything else; `signal` ends it early, and nothing is taken out of the list then. A file that was
 * moved keeps its id: it waits until all files were seen, since only then its old place is known to be empty.
 */
export async function scanConversations(dependencies: ScanDependencies, signal: AbortSignal): Promise<void> {
  const { store, index, isElsewhere } = dependencies;
  const missing = new Map(index.stamps());
  const waiting: Waiting[] = [];
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
        if (indexed === undefined || listed === undefined || isElsewhere(listed.path)) continue;
        const holder = index.byId(indexed.id);
        if (holder === undefined || holder.path === listed.path) index.put(indexed, listed);
        else waiting.push({ indexed, listed });
      }
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (signal.aborted) return;
  index.inOneGo(() => {
    for (const path of missing.keys()) if (!isElsewhere(path)) index.remove(path);
    const own = waiting.filter(({ listed }) => !isElsewhere(listed.path));
    // Two files that changed names with each other have each other's ids in the list.
    for (const { listed } of own) index.remove(listed.path);
    for (const { indexed, listed } of own) index.put(indexed, listed);
  });
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
