import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { Notice } from "../../shared/events.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { JournalEntry } from "../platform/journal/journal.ts";
import type { DocumentStore, StoreChange, StoredDocument } from "../platform/store/document-store.ts";
import { StoreFailure } from "../platform/store/document-store.ts";
import { createAnswerJournal } from "./answer-journal.ts";
import { startCheckpoints } from "./checkpoints.ts";
import { indexedFrom } from "./conversation-file.ts";
import { fromJournal } from "./journal-records.ts";
import { createKeeper, type KeeperDependencies } from "./keeper.ts";
import { openedFrom } from "./open-conversation.ts";
import { takeOutsideChange } from "./outside-change.ts";
import { recoverConversation } from "./recover-conversation.ts";
import { type ChatRoutesDependencies, chatRoutes } from "./routes.ts";
import { scanConversations } from "./scan-conversations.ts";
import { createWriteProblems } from "./write-problems.ts";

export interface Chat {
  readonly routes: Hono<{ Bindings: HttpBindings }>;
  /** Folds into the files what the journal kept over a crash; before the first request. */
  recover(entries: readonly JournalEntry[]): Promise<void>;
  /** Makes the list agree with the files; beside everything else. */
  scan(signal: AbortSignal): Promise<void>;
  changedOutside(change: StoreChange): Promise<void>;
  notices(): readonly Notice[];
  /** Writes what is not in the files yet. Runs must have ended. */
  close(): Promise<void>;
}

export type ChatOptions = Omit<KeeperDependencies, "writeProblems"> &
  Omit<ChatRoutesDependencies, "keeper" | "answerJournal" | "onError"> & { readonly log: EventLog };

/** Wires the feature: conversations, answers and what keeps them. */
export function createChat(options: ChatOptions): Chat {
  const { store, index, journal, logger, log } = options;
  const writeProblems = createWriteProblems(log);
  const keeper = createKeeper({ ...options, writeProblems });
  const onError = (message: string, error: unknown): void => logger.error(message, { error: String(error) });
  const answerJournal = createAnswerJournal(journal, (error) => onError("journal", error));
  const dependencies = { ...options, keeper, answerJournal, onError };
  const stopCheckpoints = startCheckpoints(keeper.cache, keeper.writeBack, options.clock.monotonic);

  const recoverOne = async (path: string, entries: readonly JournalEntry[]): Promise<void> => {
    const document = await readIfThere(store, path);
    const file = document === undefined ? undefined : parseConversation(document.bytes);
    const last = entries.at(-1);
    if (last === undefined) return;
    const recovered =
      file?.readOnly === undefined
        ? recoverConversation(
            file,
            entries.flatMap(({ record }) => fromJournal(record)),
          )
        : undefined;
    if (recovered === undefined || recovered.edits.length === 0) {
      if (file?.readOnly === undefined) journal.release(path, last.number);
      return;
    }
    const stamp = document && { revision: document.revision, size: document.bytes.length, modified: document.modified };
    const indexed = indexedFrom({ path, modified: document?.modified ?? Date.now() }, recovered.conversation);
    const open = openedFrom(indexed.id, path, recovered.conversation, stamp);
    open.pending = recovered.edits;
    keeper.cache.add(open);
    keeper.announcer.changed(open);
    keeper.writeBack.request(open);
  };

  return {
    routes: chatRoutes(dependencies),
    recover: async (entries) => {
      const byPath = Map.groupBy(entries, ({ key }) => key);
      for (const [path, own] of byPath) {
        // One conversation that cannot be recovered now keeps its entries and must not hold up the others.
        await recoverOne(path, own).catch((error: unknown) => onError(`not recovered: ${path}`, error));
      }
    },
    scan: (signal) => scanConversations({ store, index, logger }, signal),
    changedOutside: (change) =>
      takeOutsideChange({ keeper, store, newId: options.newId }, change).catch((error: unknown) => {
        logger.info("changed file not readable", { path: change.path, error: String(error) });
      }),
    notices: () => writeProblems.current(),
    close: async () => {
      stopCheckpoints();
      answerJournal.close();
      await keeper.writeBack.settleAll();
    },
  };
}

async function readIfThere(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && error.code === "not-found") return undefined;
    throw error;
  }
}
