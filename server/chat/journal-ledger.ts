import type { Journal, JournalEntry } from "../platform/journal/journal.ts";
import type { OpenConversation } from "./open-conversation.ts";

/** What the journal may forget: only what stands in a file now, and nothing that was never read back. */
export interface JournalLedger {
  /** Everything that was appended before this moment and is in memory has a number of at most this. */
  upTo(open: OpenConversation): number;
  /** `open` is in its file up to `number`. */
  release(open: OpenConversation, number: number): void;
  /** These entries hold nothing that is worth a file. */
  drop(entries: readonly JournalEntry[]): void;
  /** These entries could not be read back: they stay until a start that can, whatever else is written of that path. */
  keep(path: string): void;
}

export function createJournalLedger(journal: Journal): JournalLedger {
  const kept = new Set<string>();
  return {
    upTo: (open) => Math.min(journal.next(), ...open.inFlight) - 1,
    release: (open, number) => {
      if (!kept.has(open.path)) journal.release(open.path, number);
      for (const { key, number: last } of open.alsoInJournal) journal.release(key, Math.min(last, number));
      open.alsoInJournal = open.alsoInJournal.filter(({ number: last }) => last > number);
    },
    drop: (entries) => {
      for (const { key, number } of entries) journal.release(key, number);
    },
    keep: (path) => void kept.add(path),
  };
}
