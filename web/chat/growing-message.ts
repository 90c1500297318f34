import { createContext, use, useCallback, useSyncExternalStore } from "react";
import type { MessageView } from "../../shared/chat.ts";
import type { ConversationState } from "./live-conversation.ts";

/** The conversation with every token, for the one message that grows; all else renders by its outline. */
export interface GrowingConversation {
  readonly state: () => ConversationState;
  readonly subscribe: (listener: () => void) => () => void;
}

const still: GrowingConversation = { state: () => ({ status: "loading" }), subscribe: () => () => {} };

const Growing = createContext(still);
export const GrowingProvider = Growing.Provider;

/** The message as it is at this moment; one that is finished never causes a rendering. */
export function useGrowingMessage(message: MessageView): MessageView {
  const growing = use(Growing);
  const look = useCallback((): MessageView => {
    if (message.status !== "streaming") return message;
    const state = growing.state();
    if (state.status !== "ready") return message;
    return state.transcript.view.messages.findLast(({ id }) => id === message.id) ?? message;
  }, [growing, message]);
  return useSyncExternalStore(growing.subscribe, look);
}
