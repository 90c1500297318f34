import type { ConversationSummary } from "../../shared/chat.ts";
import type { Conversation } from "../../shared/chat-format/conversation.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { Logger } from "../platform/logger.ts";
import { indexedFrom } from "./conversation-file.ts";
import type { ConversationIndex, FileStamp, IndexedConversation } from "./conversation-index.ts";
import type { OpenConversation } from "./open-conversation.ts";

export interface Announcer {
  /** Puts the conversation as it is in memory into the index and tells every page. */
  changed(open: OpenConversation): ConversationSummary;
  /** The same for a file that is not open. */
  found(indexed: IndexedConversation, stamp: FileStamp): void;
  /** Its file is elsewhere now: the list has it there, and no page is told that it has gone. */
  moved(open: OpenConversation, from: string): void;
  removed(path: string): void;
  summary(indexed: IndexedConversation): ConversationSummary;
}

/** The list's side of every change: one place writes the index and sends `conversation-changed`. */
export function createAnnouncer(dependencies: {
  readonly index: ConversationIndex;
  readonly log: EventLog;
  readonly isRunning: (id: string) => boolean;
  readonly logger: Logger;
}): Announcer {
  const { index, log, isRunning, logger } = dependencies;
  const summary = (indexed: IndexedConversation): ConversationSummary => ({
    ...indexed,
    isRunning: isRunning(indexed.id),
  });
  const tell = (indexed: IndexedConversation): ConversationSummary => {
    const conversation = summary(indexed);
    log.append("workspace", { type: "conversation-changed", conversation });
    return conversation;
  };
  /** The list can be made again from the files: a disk that cannot take a row must not fail what is durable already. */
  const put = (indexed: IndexedConversation, stamp: FileStamp): string => {
    try {
      return index.put(indexed, stamp);
    } catch (error) {
      logger.error("not in the list yet", { path: indexed.path, error: String(error) });
      return indexed.id;
    }
  };
  const changed = (open: OpenConversation): ConversationSummary => {
    const indexed = { ...indexedOf(open.conversation, open), id: open.id };
    put(indexed, { size: open.size, modified: open.modified });
    return tell(indexed);
  };
  return {
    summary,
    changed,
    moved: (open, from) => {
      index.remove(from);
      changed(open);
    },
    found: (indexed, stamp) => {
      const id = put(indexed, stamp);
      tell({ ...indexed, id });
    },
    removed: (path) => {
      const gone = index.remove(path);
      if (gone !== undefined) log.append("workspace", { type: "conversation-removed", id: gone.id });
    },
  };
}

function indexedOf(conversation: Conversation, open: OpenConversation): IndexedConversation {
  return indexedFrom({ path: open.path, modified: open.modified }, conversation);
}
