import type { ConversationEvent } from "../../shared/events.ts";
import type { Journal } from "../platform/journal/journal.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { readIfRegular } from "../platform/store/read-if-there.ts";
import type { Announcer } from "./announce.ts";
import type { ConversationCache } from "./conversation-cache.ts";
import { conversationSuffix, conversationsFolder, parseFile } from "./conversation-file.ts";
import type { ConversationIndex } from "./conversation-index.ts";
import { toJournal } from "./journal-records.ts";
import type { OpenConversation } from "./open-conversation.ts";
import type { WriteProblems } from "./write-problems.ts";

/** Files that get another name or folder while there is something to write into them. */
export interface Moves {
  /**
   * Where the file of a conversation is now that is gone from its path: among the files that the list does not know yet,
   * the one with its id. Undefined for a conversation without an id in its front matter, and when there is none.
   * @throws StoreFailure
   */
  find(open: OpenConversation): Promise<string | undefined>;
  /** All that is on its way goes to `path` from now on. Not while the file is being written. */
  moved(open: OpenConversation, path: string): void;
}

export interface MovesDependencies {
  readonly store: DocumentStore;
  readonly index: ConversationIndex;
  readonly journal: Journal;
  readonly cache: ConversationCache;
  readonly announcer: Announcer;
  readonly writeProblems: WriteProblems;
  readonly emit: (event: ConversationEvent) => void;
}

export function createMoves(dependencies: MovesDependencies): Moves {
  const { store, index, journal, cache, announcer, writeProblems, emit } = dependencies;
  return {
    find: async ({ conversation, path }) => {
      const id = conversation.front.get("id");
      if (id === undefined) return undefined;
      for await (const batch of store.list(conversationsFolder, conversationSuffix)) {
        for (const listed of batch) {
          if (listed.path === path || index.byPath(listed.path) !== undefined) continue;
          const document = await readIfRegular(store, listed.path);
          if (document !== undefined && parseFile(document).front.get("id") === id) return listed.path;
        }
      }
      return undefined;
    },
    moved: (open, path) => {
      const from = open.path;
      journal.appendSoon(from, toJournal(open.id, [{ type: "moved", path }]));
      open.alsoInJournal = [...open.alsoInJournal, { key: from, number: journal.next() - 1 }];
      cache.drop(from);
      open.path = path;
      cache.add(open);
      writeProblems.cleared(from);
      announcer.moved(open, from);
      emit({ conversationId: open.id, type: "conversation-reloaded", reason: "changed-on-disk" });
    },
  };
}
