import { setImmediate } from "node:timers/promises";
import type { ConversationSummary } from "../../shared/chat.ts";
import type { ConversationEdit } from "../../shared/chat-format/conversation.ts";
import type { ConversationEvent } from "../../shared/events.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { Logger } from "../platform/logger.ts";
import { type Announcer, createAnnouncer } from "./announce.ts";
import { type ConversationCache, createConversationCache } from "./conversation-cache.ts";
import { indexedFrom } from "./conversation-file.ts";
import { createJournalLedger, type JournalLedger } from "./journal-ledger.ts";
import { type ChatRecord, toJournal } from "./journal-records.ts";
import { createMoves, type Moves, type MovesDependencies } from "./moves.ts";
import { applyEdits, countWaiting, type OpenConversation, type PlannedEdits, planEdits } from "./open-conversation.ts";
import { WriteBack } from "./write-back.ts";

/** Holds every conversation that is in use: memory, journal, file, list and events agree because all changes go through here. */
export interface Keeper {
  readonly cache: ConversationCache;
  readonly writeBack: WriteBack;
  readonly announcer: Announcer;
  readonly ledger: JournalLedger;
  /**
   * Makes `records` durable in the journal, then applies what `edits` answers at that moment and lets the file follow.
   * Edits that are known already are worked out while the disk writes. Resolves when it is durable. @throws the system's error when the journal cannot be written
   */
  change(
    open: OpenConversation,
    records: readonly ChatRecord[],
    edits: readonly ConversationEdit[] | (() => readonly ConversationEdit[]),
  ): Promise<void>;
  readonly moves: Moves;
  emit(event: ConversationEvent): void;
  summary(open: OpenConversation): ConversationSummary;
  /** How many changes wait because the file cannot be written now; those of a write that goes well count for nothing. */
  unwritten(open: OpenConversation): number;
}

export interface KeeperDependencies extends Omit<MovesDependencies, "cache" | "announcer" | "emit"> {
  readonly log: EventLog;
  readonly newId: () => string;
  readonly logger: Logger;
}

export function createKeeper(dependencies: KeeperDependencies): Keeper {
  const { store, journal, index, log, newId, logger, writeProblems } = dependencies;
  const cache = createConversationCache({ store, index });
  const ledger = createJournalLedger(journal);
  const isRunning = (id: string): boolean => {
    const indexed = index.byId(id);
    return indexed !== undefined && (cache.held(indexed.path)?.live.size ?? 0) > 0;
  };
  const announcer = createAnnouncer({ index, log, isRunning, logger });
  const emit = (event: ConversationEvent): void => log.append(`conversation:${event.conversationId}`, event);

  const moves = createMoves({ store, index, journal, cache, announcer, writeProblems, emit });
  const writeBack = new WriteBack({
    store,
    ledger,
    moves,
    newId,
    logger,
    onWritten: (open, { isMerged }) => {
      announcer.changed(open);
      if (isMerged) emit({ conversationId: open.id, type: "conversation-reloaded", reason: "merged" });
      if (writeProblems.cleared(open.path)) emit({ conversationId: open.id, type: "unwritten-changed", unwritten: 0 });
    },
    onFailed: (open, error) => {
      writeProblems.raised(open.path, error);
      emit({ conversationId: open.id, type: "unwritten-changed", unwritten: countWaiting(open) });
    },
  });

  const change: Keeper["change"] = async (open, records, edits) => {
    const number = journal.next();
    open.inFlight.add(number);
    try {
      const durable = journal.append(open.path, toJournal(open.id, records));
      const [planned] = await Promise.all([planMeanwhile(open, edits), durable]);
      applyEdits(open, typeof edits === "function" ? edits() : edits, planned);
    } finally {
      open.inFlight.delete(number);
    }
    writeBack.request(open);
  };

  const summary = (open: OpenConversation): ConversationSummary => {
    const indexed = index.byPath(open.path);
    const known = indexedFrom(open, open.conversation);
    // A page may ask for a changed file before the watcher tells of it: then the index is behind.
    const isBehind = indexed?.title !== known.title || indexed.readOnly !== known.readOnly;
    if (isBehind) return announcer.changed(open);
    return { ...announcer.summary(indexed), isRunning: open.live.size > 0 };
  };

  const unwritten = (open: OpenConversation): number => {
    const isWaiting = writeProblems.has(open.path) || open.conversation.readOnly !== undefined;
    return isWaiting ? countWaiting(open) : 0;
  };

  return { cache, writeBack, announcer, ledger, change, moves, emit, summary, unwritten };
}

/** What the edits come to, worked out when the write has been handed to the system. Does not throw: who applies them does. */
async function planMeanwhile(
  open: OpenConversation,
  edits: readonly ConversationEdit[] | (() => readonly ConversationEdit[]),
): Promise<PlannedEdits | undefined> {
  if (typeof edits === "function") return undefined;
  await setImmediate();
  if (open.conversation.readOnly !== undefined) return undefined;
  try {
    return planEdits(open.conversation, edits);
  } catch {
    // The same fault comes up when they are applied, once the journal has settled.
    return undefined;
  }
}
