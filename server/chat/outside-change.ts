import type { DocumentStore, StoreChange, StoredDocument } from "../platform/store/document-store.ts";
import { StoreFailure } from "../platform/store/document-store.ts";
import { parseDocument } from "./conversation-file.ts";
import type { Keeper } from "./keeper.ts";
import { mergeInto } from "./write-back.ts";

/**
 * Brings a change of a file, whoever made it, to memory, list and pages. Our own writes are known by their revision.
 * @throws StoreFailure for what is wrong with the file beyond being gone
 */
export async function takeOutsideChange(
  dependencies: { readonly keeper: Keeper; readonly store: DocumentStore; readonly newId: () => string },
  change: StoreChange,
): Promise<void> {
  const { keeper, store, newId } = dependencies;
  await keeper.writeBack.alone(change.path, async () => {
    const document = await readIfThere(store, change.path);
    const open = keeper.cache.held(change.path);
    if (document === undefined) {
      // With work in it the file comes back with the next write; without, it is gone as its owner wished.
      if (open !== undefined && (open.live.size > 0 || open.pending.length > 0)) return;
      keeper.cache.drop(change.path);
      keeper.announcer.removed(change.path);
      return;
    }
    const stamp = { size: document.bytes.length, modified: document.modified };
    if (open === undefined) {
      keeper.announcer.found(parseDocument(document).indexed, stamp);
      return;
    }
    if (document.revision === open.revision) return;
    mergeInto(open, document, newId);
    keeper.announcer.changed(open);
    keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "changed-on-disk" });
    if (open.pending.length > 0) keeper.writeBack.request(open);
  });
}

async function readIfThere(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && (error.code === "not-found" || error.code === "not-a-file")) return undefined;
    throw error;
  }
}
