import type { DatabaseSync } from "node:sqlite";

/** Writes that come within this time share a transaction, since one costs as much as a row. */
const sharedForMs = 20;

export interface SharedTransaction {
  /** To be called before each write; the end follows by itself. */
  begin(): void;
  /** Ends it now, but for work that is done together. */
  commit(): void;
  /** What `work` writes goes into one transaction. */
  together(work: () => void): void;
}

/**
 * Only for a database whose rows can be made again: a crash costs those of the transaction that is open. The connection
 * itself sees them at once. `onLost` is told why rows could not be kept.
 */
export function createSharedTransaction(database: DatabaseSync, onLost: (error: unknown) => void): SharedTransaction {
  let timer: NodeJS.Timeout | undefined;

  let isTogether = false;

  const commit = (): void => {
    if (timer === undefined || isTogether) return;
    clearTimeout(timer);
    timer = undefined;
    try {
      database.exec("COMMIT");
    } catch (error) {
      // A full disk has SQLite roll back by itself, or leave it to us.
      if (database.isTransaction) database.exec("ROLLBACK");
      onLost(error);
    }
  };

  const begin = (): void => {
    if (timer !== undefined) return;
    database.exec("BEGIN");
    timer = setTimeout(commit, sharedForMs);
  };

  return {
    begin,
    commit,
    together(work) {
      begin();
      isTogether = true;
      try {
        work();
      } finally {
        isTogether = false;
        commit();
      }
    },
  };
}
