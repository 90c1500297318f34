import { createContext, useContext } from "react";
import type { MessageView } from "../../../shared/chat.ts";

/** What a message can be asked to do. The object stays the same while the conversation is open. */
export interface MessageActions {
  readonly askAgain: (message: MessageView) => void;
  /** Whether there is somebody who can answer it anew. */
  readonly canAskAgain: (message: MessageView) => boolean;
  readonly continueFrom: (message: MessageView) => void;
  readonly beginEdit: (message: MessageView) => void;
  readonly endEdit: () => void;
  /** A new version of a question; resolves when it is saved, rejects with what to show. */
  readonly sendVersion: (message: MessageView, text: string) => Promise<void>;
  readonly showVersion: (id: string) => void;
}

const MessageActionsContext = createContext<MessageActions | undefined>(undefined);

export const MessageActionsProvider = MessageActionsContext.Provider;

export function useMessageActions(): MessageActions {
  const actions = useContext(MessageActionsContext);
  if (!actions) throw new Error("No message actions above this component.");
  return actions;
}

/** The words of a message, for the clipboard. */
export function messageText(message: MessageView): string {
  return message.parts
    .filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("\n\n");
}
