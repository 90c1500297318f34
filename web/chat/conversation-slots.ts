import { createContext, type ReactNode, useContext } from "react";
import type { MessageView, PartView } from "../../shared/chat.ts";
import type { MenuItem } from "../ui/menu.tsx";
import type { SendOnce } from "./composer/deliver.ts";

/** An entry of the list that `@` opens in the composer. */
export interface Mention {
  readonly key: string;
  /** One line about it. */
  readonly about: string;
}

export interface AskAgain {
  /** Rejects with what to show. */
  readonly ask?: () => Promise<void>;
}

/** What other features add to a conversation; the page puts it in, so that the features stay strangers. */
export interface ConversationSlots {
  /** Further acts of an answer, behind its own ones. */
  readonly acts?: (message: MessageView) => ReactNode;
  /** Draws a part of a type that the conversation does not know itself. */
  readonly part?: (part: PartView, message: MessageView) => ReactNode;
  /** Whom `@` can call; undefined until they are known. */
  readonly mentions?: readonly Mention[] | undefined;
  /** Told when somebody may be called, so that `mentions` need not be known before. */
  readonly wantMentions?: () => void;
  /**
   * Who takes over what is sent, when the text calls one of `mentions`; undefined: it is a message like any other.
   * Rejects with what to show; a lost connection is tried again.
   */
  readonly callOf?: (text: string, parent: string) => Promise<SendOnce | undefined>;
  /**
   * How an answer that somebody else made is asked for anew, as another version of it; undefined: the model answers
   * again. Without `ask` it cannot be, now or ever.
   */
  readonly againOf?: (message: MessageView, conversationId: string) => AskAgain | undefined;
  /** Further acts of the conversation. */
  readonly menu?: readonly MenuItem[];
}

const none: ConversationSlots = {};
const SlotsContext = createContext<ConversationSlots>(none);

export const ConversationSlotsProvider = SlotsContext.Provider;

export function useConversationSlots(): ConversationSlots {
  return useContext(SlotsContext);
}
