/**
 * The port to the write-ahead journal in the app's data directory. What is appended is durable when the promise
 * resolves (one fdatasync for everything that waits); after a crash `recover` gives back what was not released.
 */
export type JournalRecord = Readonly<Record<string, unknown>>;

export interface JournalEntry {
  /** Grows by one with every append, over restarts too. */
  readonly number: number;
  /** What the record belongs to (a conversation's path): entries are released by key. */
  readonly key: string;
  readonly record: JournalRecord;
}

export interface Journal {
  /** Entries found at the start that were never released, in order. */
  recovered(): readonly JournalEntry[];
  /**
   * Appends and resolves with the entry's number once it is on disk (group commit).
   * Rejects with the system's error when it is not; then nothing of it counts.
   */
  append(key: string, record: JournalRecord): Promise<number>;
  /** Appends without waiting: durable with the next group commit, at most `maxDelayMs` (default 200) later. */
  appendSoon(key: string, record: JournalRecord): void;
  /** Everything of `key` up to entry `number` is in its file: it need not be recovered. Not itself durable at once. */
  release(key: string, number: number): void;
  /** The number that the next append will get. */
  next(): number;
  /** Writes what waits, then closes. */
  close(): Promise<void>;
}
