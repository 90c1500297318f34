import { createContext, type ReactNode, useContext } from "react";
import type { MessageView, PartView } from "../../shared/chat.ts";
import type { SendOnce } from "./composer/deliver.ts";

/** An entry of the list that `@` opens in the composer. */
export interface Mention {
  readonly key: string;
  /** One line about it. */
  readonly about: string;
}

/** What other features add to a conversation; the page puts it in, so that the features stay strangers. */
export interface ConversationSlots {
  /** Further acts of an answer, behind its own ones. */
  readonly acts?: (message: MessageView) => ReactNode;
  /** Draws a part of a type that the conversation does not know itself. */
  readonly part?: (part: PartView, message: MessageView) => ReactNode;
  readonly mentions?: readonly Mention[];
  /** Takes over what is sent, when the text calls somebody of `mentions`; undefined: it is a message like any other. */
  readonly sendTo?: (text: string, parent: string) => SendOnce | undefined;
}

const none: ConversationSlots = {};
const SlotsContext = createContext<ConversationSlots>(none);

export const ConversationSlotsProvider = SlotsContext.Provider;

export function useConversationSlots(): ConversationSlots {
  return useContext(SlotsContext);
}
