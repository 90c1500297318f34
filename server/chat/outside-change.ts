import type { DocumentStore, StoreChange } from "../platform/store/document-store.ts";
import { readIfRegular } from "../platform/store/read-if-there.ts";
import { parseDocument } from "./conversation-file.ts";
import type { ConversationIndex } from "./conversation-index.ts";
import type { Keeper } from "./keeper.ts";
import { hasWork } from "./open-conversation.ts";
import { writeSideTexts } from "./side-files.ts";
import { mergeInto } from "./write-file.ts";

export interface OutsideChangeDependencies {
  readonly keeper: Keeper;
  readonly store: DocumentStore;
  readonly index: ConversationIndex;
  readonly newId: () => string;
}

/**
 * Brings a change of a file, whoever made it, to memory, list and pages. Our own writes are known by their revision.
 * @throws StoreFailure for what is wrong with the file beyond being gone
 */
export async function takeOutsideChange(dependencies: OutsideChangeDependencies, change: StoreChange): Promise<void> {
  const { keeper, store, newId } = dependencies;
  if (dependencies.index.byPath(change.path) === undefined) await letMovedFileGo(dependencies, change.path);
  await keeper.writeBack.alone(change.path, async () => {
    // It may have been read before the change and be held after it: nobody would tell it of this change again.
    await keeper.cache.loaded(change.path);
    const document = await readIfRegular(store, change.path);
    const open = keeper.cache.held(change.path);
    if (document === undefined) {
      // With work in it the file comes back with the next write; without, it is gone as its owner wished.
      if (open !== undefined && hasWork(open)) return;
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
    await mergeInto({ store, newId }, open, document);
    keeper.announcer.changed(open);
    keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "changed-on-disk" });
    if (open.pending.length > 0) keeper.writeBack.request(open);
  });
}

/**
 * A renamed file may be seen at its new place first: the conversation keeps its id when the old place is empty.
 * Not inside `alone` of the new place: two files that change names with each other would wait for each other.
 */
async function letMovedFileGo(dependencies: OutsideChangeDependencies, path: string): Promise<void> {
  const { keeper, store, index } = dependencies;
  const document = await readIfRegular(store, path);
  const before = document === undefined ? undefined : index.byId(parseDocument(document).indexed.id);
  if (before === undefined || before.path === path) return;
  await keeper.writeBack.alone(before.path, async () => {
    if ((await readIfRegular(store, before.path)) !== undefined) return;
    const open = keeper.cache.held(before.path);
    if (open !== undefined && hasWork(open)) {
      await writeSideTexts(store, path, open.sideTexts);
      return keeper.moves.moved(open, path);
    }
    keeper.cache.drop(before.path);
    keeper.announcer.removed(before.path);
  });
}
