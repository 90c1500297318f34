import type { DocumentStore } from "../platform/store/document-store.ts";
import { conversationSuffix, conversationsFolder, parseFile } from "./conversation-file.ts";
import type { ConversationIndex } from "./conversation-index.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { readIfThere } from "./read-if-there.ts";

/**
 * Where the file of a conversation is now that is gone from its path: among the files that the list does not know yet,
 * the one with its id. Undefined for a conversation without an id of its own in its front matter, and when there is none.
 * @throws StoreFailure
 */
export async function findMoved(
  { store, index }: { readonly store: DocumentStore; readonly index: ConversationIndex },
  { conversation, path }: OpenConversation,
): Promise<string | undefined> {
  const id = conversation.front.get("id");
  if (id === undefined) return undefined;
  for await (const batch of store.list(conversationsFolder, conversationSuffix)) {
    for (const listed of batch) {
      if (listed.path === path || index.byPath(listed.path) !== undefined) continue;
      const document = await readIfThere(store, listed.path);
      if (document !== undefined && parseFile(document).front.get("id") === id) return listed.path;
    }
  }
  return undefined;
}
