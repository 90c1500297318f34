import type { ChangeConversation, ConversationSummary } from "../../shared/chat.ts";
import type { ConversationEdit } from "../../shared/chat-format/conversation.ts";
import { Problem } from "../platform/problem.ts";
import type { ChatDependencies } from "./chat-dependencies.ts";
import { refuseReadOnly } from "./open-conversation.ts";

/**
 * Gives another title, or makes the branch that ends in `head` the active one.
 * @throws Problem 404 `not-found`, 409 `stale` when the file says something else by now, 409 `read-only`
 */
export async function changeConversation(
  chat: ChatDependencies,
  id: string,
  change: ChangeConversation,
): Promise<ConversationSummary> {
  const { keeper } = chat;
  const open = await keeper.cache.get(id);
  refuseReadOnly(open);
  if ("title" in change) {
    const title = keeper.summary(open).title;
    // A title that a model gave in this moment stands in nobody's way.
    const isSeen = title === change.baseTitle || (title === open.titled?.to && change.baseTitle === open.titled.from);
    if (!isSeen && title !== change.title) {
      throw new Problem("stale", 409, "The title was changed elsewhere meanwhile.", {
        detail: `It is “${title}” now. Nothing was overwritten.`,
        facts: { title },
      });
    }
    const edits: ConversationEdit[] = [{ type: "set-front", key: "title", value: change.title }];
    await keeper.change(open, [{ type: "edited", edits }], () => edits);
    return keeper.announcer.changed(open);
  }
  if (!open.conversation.messages.some((message) => message.id === change.head)) {
    throw new Problem("stale", 409, "That version is not in the file any more. Nothing was changed.");
  }
  const edits: ConversationEdit[] = [{ type: "set-front", key: "head", value: change.head }];
  await keeper.change(open, [{ type: "edited", edits }], () => edits);
  keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "head-moved" });
  return keeper.announcer.changed(open);
}
