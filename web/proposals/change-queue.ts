import { problemCode } from "../platform/api.ts";

/** What a change says it saw; the revision that it made. */
export type BoardChange = (base: string) => Promise<{ readonly revision?: string }>;

export interface ChangeQueue {
  /** The board as it was fetched; one that our own changes have replaced already is older than what is known. */
  readonly saw: (revision: string | undefined) => void;
  /** Runs after all changes before it, each on the revision that the last one made. */
  readonly run: (change: BoardChange) => Promise<void>;
}

/**
 * Changes of one file, one after another: who moves three cards in a second is not told that the board changed, and who
 * moves one while an editor saves it is.
 */
export function createChangeQueue(): ChangeQueue {
  let latest: string | undefined;
  const replaced = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    saw(revision) {
      if (revision !== undefined && !replaced.has(revision)) latest = revision;
    },
    run(change) {
      const done = last.then(async () => {
        const base = latest;
        if (base === undefined) return;
        const { revision } = await change(base);
        if (revision === undefined || revision === base) return;
        replaced.add(base);
        replaced.delete(revision);
        latest = revision;
      });
      last = done.catch(() => {});
      return done;
    },
  };
}

export function isStale(thrown: unknown): boolean {
  return problemCode(thrown) === "stale";
}
