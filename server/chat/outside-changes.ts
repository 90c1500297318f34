import { setTimeout } from "node:timers/promises";
import type { Logger } from "../platform/logger.ts";
import { type StoreChange, StoreFailure } from "../platform/store/document-store.ts";
import { type OutsideChangeDependencies, takeOutsideChange } from "./outside-change.ts";
import { createSlots } from "./slots.ts";

/** A checkout may change thousands of files in a moment; each that is read holds a descriptor. */
const readsAtOnce = 12;
const tries = 5;
const pauseMs = 400;

export interface OutsideChanges {
  /** Never rejects: what stays unreadable is in the log. */
  take(change: StoreChange): Promise<void>;
  /** The paths of all changes from now on, until `end`. */
  follow(): { readonly paths: ReadonlySet<string>; end(): void };
  /** Resolves when nothing is being taken any more; what would be tried again is not. */
  close(): Promise<void>;
}

export function createOutsideChanges(
  dependencies: OutsideChangeDependencies & { readonly logger: Logger },
): OutsideChanges {
  const slots = createSlots(readsAtOnce);
  const waiting = new Set<string>();
  const followers = new Set<Set<string>>();
  const atWork = new Set<Promise<void>>();
  const ending = new AbortController();

  const attempt = async (change: StoreChange): Promise<void> => {
    for (let count = 1; ; count += 1) {
      try {
        return await takeOutsideChange(dependencies, change);
      } catch (error) {
        const mayPass = error instanceof StoreFailure && error.code === "io" && count < tries;
        if (!mayPass) throw error;
        await setTimeout(pauseMs * count, undefined, { signal: ending.signal });
      }
    }
  };

  const inTurn = async (change: StoreChange): Promise<void> => {
    waiting.add(change.path);
    try {
      await slots.use(() => {
        waiting.delete(change.path);
        return attempt(change);
      });
    } catch (error) {
      // Of a folder that went away every file is told of; what it holds is looked at when it is back.
      if (error instanceof StoreFailure && error.code === "away") return;
      dependencies.logger.error("changed file not readable", { path: change.path, error: String(error) });
    }
  };

  return {
    follow: () => {
      const paths = new Set<string>();
      followers.add(paths);
      return { paths, end: () => void followers.delete(paths) };
    },
    take: async (change) => {
      for (const paths of followers) paths.add(change.path);
      // One that waits will see the file as it is then, whatever happened to it in between.
      if (waiting.has(change.path) || ending.signal.aborted) return;
      const taking = inTurn(change);
      atWork.add(taking);
      await taking.finally(() => atWork.delete(taking));
    },
    close: async () => {
      ending.abort();
      await Promise.all(atWork);
    },
  };
}
