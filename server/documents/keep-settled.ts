import type { Logger } from "../platform/logger.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";
import type { DocumentCache } from "./document-cache.ts";
import type { VersionStore } from "./versions/version-store.ts";

export interface SettledDependencies {
  readonly store: DocumentStore;
  readonly versions: VersionStore;
  readonly cache: DocumentCache;
  readonly logger: Logger;
}

export interface SettledVersions {
  /** The document was changed just now: when nothing more happens to it, what it holds becomes a version. */
  soon(path: string): void;
  close(): void;
}

/** A save of several steps is over when nothing happened for so long. */
const quietMs = 400;
/** An empty file is most often one that is being filled; after this it counts as emptied. */
const longestMs = 4_000;

/** Some editors empty a file and then fill it: half of a save is no version. */
export function createSettledVersions({ store, versions, cache, logger }: SettledDependencies): SettledVersions {
  const timers = new Map<string, NodeJS.Timeout>();
  const later = (path: string, since: number): void => {
    clearTimeout(timers.get(path));
    const timer = setTimeout(() => {
      timers.delete(path);
      keep(path, since).catch((error: unknown) =>
        logger.error("changed document not kept", { path, error: String(error) }),
      );
    }, quietMs);
    timers.set(path, timer.unref());
  };
  const keep = async (path: string, since: number): Promise<void> => {
    const document = await readIfThere(store, path);
    if (document === undefined || timers.has(path)) return;
    if (document.bytes.length === 0 && Date.now() - since < longestMs) return later(path, since);
    await versions.see(path, document);
    cache.forget(path);
  };
  return {
    soon: (path) => later(path, Date.now()),
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
