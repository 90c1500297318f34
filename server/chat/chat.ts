import type { Notice } from "../../shared/events.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { JournalEntry } from "../platform/journal/journal.ts";
import type { StoreChange } from "../platform/store/document-store.ts";
import { type AgentCalls, createAgentCalls } from "./agent-call.ts";
import { createAnswerJournal } from "./answer-journal.ts";
import { startCheckpoints } from "./checkpoints.ts";
import { createDeletions } from "./deletions.ts";
import { createKeeper, type KeeperDependencies } from "./keeper.ts";
import { createOnce } from "./once.ts";
import { createOutsideChanges } from "./outside-changes.ts";
import { recoverConversations } from "./recover-conversations.ts";
import { type ChatRoutesDependencies, chatRoutes } from "./routes.ts";
import { scanConversations } from "./scan-conversations.ts";
import { createWriteProblems } from "./write-problems.ts";

export interface Chat {
  readonly routes: ReturnType<typeof chatRoutes>;
  /** Folds into the files what the journal kept over a crash; before the first request. */
  recover(entries: readonly JournalEntry[]): Promise<void>;
  /** Makes the list agree with the files; beside everything else. */
  scan(signal: AbortSignal): Promise<void>;
  changedOutside(change: StoreChange): Promise<void>;
  notices(): readonly Notice[];
  /** False until the first one is there, or found in the folder. */
  hasConversations(): boolean;
  /** Agents' runs that are called from conversations. */
  readonly calls: AgentCalls;
  /** Who wrote a message; undefined when the conversation or the message is not there. */
  authorOf(conversation: string, message: string): Promise<{ readonly model?: string } | undefined>;
  /** A conversation's title now; undefined when it is not there. */
  titleOf(conversation: string): string | undefined;
  /** Writes what is not in the files yet. Runs must have ended. */
  close(): Promise<void>;
}

export type ChatOptions = Omit<KeeperDependencies, "writeProblems"> &
  Omit<ChatRoutesDependencies, "keeper" | "answerJournal" | "deletions" | "onDebug" | "onError" | "once"> & {
    readonly log: EventLog;
  };

/** Wires the feature: conversations, answers and what keeps them. */
export function createChat(options: ChatOptions): Chat {
  const { store, index, journal, logger, log } = options;
  const writeProblems = createWriteProblems(log);
  const deletions = createDeletions();
  const keeper = deletions.guard(createKeeper({ ...options, writeProblems }));
  const onError = (message: string, error: unknown): void => logger.error(message, { error: String(error) });
  const onDebug = (message: string): void => logger.debug(message);
  const answerJournal = createAnswerJournal(journal, (error) => onError("journal", error));
  const dependencies = { ...options, keeper, answerJournal, deletions, onDebug, onError, once: createOnce() };
  const stopCheckpoints = startCheckpoints(keeper.cache, keeper.writeBack, options.clock.monotonic);

  const outside = createOutsideChanges({ keeper, store, index, newId: options.newId, logger });

  return {
    routes: chatRoutes(dependencies),
    recover: (entries) => recoverConversations({ keeper, store, newId: options.newId, onError }, entries),
    scan: async (signal) => {
      const changing = outside.follow();
      const isElsewhere = (path: string): boolean => keeper.cache.held(path) !== undefined || changing.paths.has(path);
      await scanConversations({ store, index, logger, isElsewhere }, signal).finally(changing.end);
    },
    changedOutside: (change) => outside.take(change),
    notices: () => writeProblems.current(),
    hasConversations: () => index.page({ after: undefined, limit: 1, query: "" }).total > 0,
    calls: createAgentCalls(dependencies),
    authorOf: async (id, messageId) => {
      const open = await keeper.cache.get(id).catch(() => undefined);
      const message = open?.conversation.messages.find((each) => each.id === messageId);
      const model = message?.attributes["model"];
      return message && (model === undefined ? {} : { model });
    },
    titleOf: (id) => index.byId(id)?.title,
    close: async () => {
      stopCheckpoints();
      answerJournal.close();
      await outside.close();
      await keeper.writeBack.settleAll();
    },
  };
}
