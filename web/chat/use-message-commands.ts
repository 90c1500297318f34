import { useMemo, useRef, useState } from "react";
import type { MessageView, StartRun } from "../../shared/chat.ts";
import { problemWords } from "../platform/api.ts";
import { newId } from "../platform/new-id.ts";
import { useToast } from "../ui/toasts.tsx";
import { changeConversation, sendMessage, startRun } from "./chat-api.ts";
import { type AskAgain, useConversationSlots } from "./conversation-slots.ts";
import type { MessageActions } from "./messages/message-actions.ts";
import type { ModelChoice } from "./model-choice.ts";
import { words } from "./words.ts";

/** The acts of the messages of one conversation; the same object for as long as it is open. */
export function useMessageCommands(options: {
  readonly id: string;
  readonly choice: ModelChoice | undefined;
  readonly refresh: () => void;
  readonly toEnd: () => void;
}): { readonly actions: MessageActions; readonly editedId: string | undefined } {
  const slots = useConversationSlots();
  const latest = useRef({ ...options, slots });
  latest.current = { ...options, slots };
  const show = useToast();
  const [editedId, setEditedId] = useState<string>();
  const actions = useMemo<MessageActions>(() => {
    const complain = (thrown: unknown): void => {
      const { title, detail } = problemWords(thrown);
      show({ text: title, icon: "warning", ...(detail === undefined ? {} : { detail }) });
    };
    const run = (kind: StartRun["kind"], parent: string): void => {
      const { id, choice } = latest.current;
      if (!choice) return show({ text: words.noModel, icon: "warning" });
      startRun(id, { kind, parent, ...choice }).catch(complain);
    };
    const againOf = (message: MessageView): AskAgain | undefined =>
      latest.current.slots.againOf?.(message, latest.current.id);
    return {
      askAgain(message) {
        const again = againOf(message);
        if (again) again.ask?.().catch(complain);
        else run("answer", message.role === "user" ? message.id : message.parent);
      },
      canAskAgain(message) {
        const again = againOf(message);
        return !again || again.ask !== undefined;
      },
      continueFrom: (message) => run("continue", message.id),
      beginEdit: (message) => setEditedId(message.id),
      endEdit: () => setEditedId(undefined),
      async sendVersion(message: MessageView, text: string) {
        const { id, choice, toEnd } = latest.current;
        if (!choice) throw new Error(words.noModel);
        const { parent } = message;
        const messageId = newId();
        const call = await latest.current.slots.callOf?.(text, parent);
        if (call) await call({ text, messageId, conversationId: id });
        else await sendMessage(id, { messageId, parent, text, ...choice });
        toEnd();
      },
      showVersion(head) {
        const { id, refresh } = latest.current;
        changeConversation(id, { head }).then(refresh, complain);
      },
    };
  }, [show]);
  return { actions, editedId };
}
