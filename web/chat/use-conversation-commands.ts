import { useMemo } from "react";
import type { ConversationSummary } from "../../shared/chat.ts";
import { problemCode, problemWords } from "../platform/api.ts";
import { useToast } from "../ui/toasts.tsx";
import { changeConversation, removeConversation, restoreConversation } from "./chat-api.ts";
import { words } from "./words.ts";

export interface ConversationCommands {
  readonly rename: (conversation: ConversationSummary, title: string) => void;
  /** Moves it to the trash and offers to undo that; `onRemoved` runs when it is done. */
  readonly remove: (conversation: ConversationSummary, onRemoved?: () => void) => void;
  readonly copy: (text: string) => void;
}

export function useConversationCommands(): ConversationCommands {
  const show = useToast();
  return useMemo(() => {
    const complain = (thrown: unknown): void => {
      const { title, detail } = problemWords(thrown);
      show({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
    };
    const restore = (token: string): void => {
      restoreConversation(token).then(() => show({ text: words.restored }), complain);
    };
    return {
      rename(conversation, title) {
        const wanted = title.trim();
        if (wanted === "" || wanted === conversation.title) return;
        changeConversation(conversation.id, { title: wanted, baseTitle: conversation.title }).catch(
          (thrown: unknown) => {
            if (problemCode(thrown) === "stale") show({ text: words.renamedElsewhere, icon: "warning" });
            else complain(thrown);
          },
        );
      },
      remove(conversation, onRemoved) {
        removeConversation(conversation.id).then((removed) => {
          onRemoved?.();
          show({
            text: words.movedToTrash,
            detail: conversation.title,
            icon: "trash",
            act: { label: words.undo, run: () => restore(removed.restore) },
          });
        }, complain);
      },
      copy(text) {
        navigator.clipboard.writeText(text).then(() => show({ text: words.copied, detail: text }), complain);
      },
    };
  }, [show]);
}
