import { parseConversation, writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { Journal } from "../platform/journal/journal.ts";
import type { Logger } from "../platform/logger.ts";
import type { DocumentStore, StoredDocument, WriteResult } from "../platform/store/document-store.ts";
import { latestOnly, mergeOutsideChange } from "./merge-outside-change.ts";
import { checkpointAnswers, noteWritten, type OpenConversation } from "./open-conversation.ts";

/** How many files are written at a time: the thread pool is small and a disk does not get faster by a crowd. */
const writesAtOnce = 4;
const mergesTried = 5;
const longestRetryMs = 10_000;

export interface WriteBack {
  /** The file follows soon; several requests of one conversation become one write. */
  request(open: OpenConversation): void;
  /** Resolves when everything that is pending of it has been tried to be written. */
  settle(open: OpenConversation): Promise<void>;
  settleAll(): Promise<void>;
  /** Runs `work` while no write of this conversation is under way. */
  alone<Result>(path: string, work: () => Promise<Result>): Promise<Result>;
}

export interface WriteBackEvents {
  /** `isMerged`: the file had been changed by somebody else meanwhile. */
  readonly written: (open: OpenConversation, outcome: { readonly isMerged: boolean; readonly copy?: string }) => void;
  readonly failed: (open: OpenConversation, error: unknown) => void;
}

/** Carries what the journal holds into the files: one write at a time for each, a few in all, until it succeeds. */
export function createWriteBack(dependencies: {
  readonly store: DocumentStore;
  readonly journal: Journal;
  readonly events: WriteBackEvents;
  readonly newId: () => string;
  readonly logger: Logger;
}): WriteBack {
  const { store, journal, events, newId, logger } = dependencies;
  const queues = new Map<string, Promise<unknown>>();
  const requested = new Map<OpenConversation, { readonly done: Promise<void> }>();
  const retries = new Map<OpenConversation, { timer: NodeJS.Timeout; ms: number }>();
  const slots = createSlots(writesAtOnce);

  const alone: WriteBack["alone"] = (path, work) => {
    const before = queues.get(path) ?? Promise.resolve();
    const result = before.then(work, work);
    const settled = result.then(
      () => undefined,
      () => undefined,
    );
    queues.set(path, settled);
    void settled.then(() => {
      if (queues.get(path) === settled) queues.delete(path);
    });
    return result;
  };

  const writeOnce = async (open: OpenConversation): Promise<void> => {
    requested.delete(open);
    checkpointAnswers(open);
    if (open.pending.length === 0) return;
    let isMerged = false;
    for (let attempt = 0; attempt < mergesTried; attempt += 1) {
      const snapshot = open.pending;
      const number = Math.min(journal.next(), ...open.inFlight) - 1;
      const bytes = writeConversation(open.conversation);
      noteWritten(open);
      const result: WriteResult = await store.write(open.path, bytes, open.revision);
      if (result.outcome === "written") {
        Object.assign(open, { revision: result.revision, modified: result.modified, size: bytes.length });
        open.pending = open.pending.slice(snapshot.length);
        journal.release(open.path, number);
        events.written(open, { isMerged });
        return;
      }
      isMerged = true;
      const isOurs = mergeInto(open, result.current, newId);
      if (!isOurs) return keepCopy(open, snapshot.length, number, bytes);
    }
    throw new Error(`${open.path} changes faster than it can be written`);
  };

  /** The file cannot be changed any more (conflict markers, another format): what we hold goes beside it. */
  const keepCopy = async (open: OpenConversation, taken: number, number: number, bytes: Uint8Array): Promise<void> => {
    const copy = open.path.replace(/\.chat\.md$/, ` (conflict ${newId()}).chat.md`);
    await store.write(copy, bytes, undefined);
    open.pending = open.pending.slice(taken);
    journal.release(open.path, number);
    events.written(open, { isMerged: true, copy });
  };

  const attempt = async (open: OpenConversation): Promise<void> => {
    try {
      await slots.use(() => writeOnce(open));
      cancelRetry(open);
    } catch (error) {
      logger.error("conversation not written", { path: open.path, error: String(error) });
      open.pending = latestOnly(open.pending);
      events.failed(open, error);
      planRetry(open);
    }
  };

  const settle = (open: OpenConversation): Promise<void> => {
    const known = requested.get(open);
    if (known !== undefined) return known.done;
    const done = alone(open.path, () => attempt(open));
    requested.set(open, { done });
    return done;
  };

  const planRetry = (open: OpenConversation): void => {
    const ms = Math.min((retries.get(open)?.ms ?? 500) * 2, longestRetryMs);
    const timer = setTimeout(() => void settle(open), ms);
    timer.unref();
    retries.set(open, { timer, ms });
  };

  const cancelRetry = (open: OpenConversation): void => {
    clearTimeout(retries.get(open)?.timer);
    retries.delete(open);
  };

  return {
    request: (open) => void settle(open),
    settle,
    alone,
    settleAll: async () => {
      for (const { timer } of retries.values()) clearTimeout(timer);
      await Promise.all([...retries.keys(), ...requested.keys()].map(settle));
      await Promise.all(queues.values());
    },
  };
}

/**
 * Takes the file as it is now and puts on it what it lacks; a file that is gone is made again from memory.
 * Answers false when the file is read-only for us: then `open` shows it as it is, and nothing was put on it.
 */
export function mergeInto(open: OpenConversation, current: StoredDocument | undefined, newId: () => string): boolean {
  open.revision = current?.revision;
  if (current === undefined) return true;
  Object.assign(open, { modified: current.modified, size: current.bytes.length });
  const file = parseConversation(current.bytes);
  if (file.readOnly !== undefined) {
    open.conversation = file;
    return false;
  }
  const merged = mergeOutsideChange(file, open.pending, open.written, newId);
  open.conversation = merged.conversation;
  open.pending = merged.edits;
  return true;
}

function createSlots(count: number): { use<Result>(work: () => Promise<Result>): Promise<Result> } {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    use: async (work) => {
      if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      else free -= 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
