import type { EventLog } from "../platform/events/event-log.ts";
import type { Logger } from "../platform/logger.ts";
import {
  type DocumentStore,
  type StoreChange,
  type StoredDocument,
  StoreFailure,
} from "../platform/store/document-store.ts";
import { type DocumentCache, mostBytes } from "./document-cache.ts";
import type { DocumentGuard } from "./document-guard.ts";
import { documentKind, isSecret } from "./document-names.ts";
import { findDocument } from "./document-view.ts";
import { listDocuments } from "./list-documents.ts";
import { readIfThere } from "./read-if-there.ts";
import type { VersionStore } from "./versions/version-store.ts";

export interface ChangesDependencies {
  readonly store: DocumentStore;
  readonly versions: VersionStore;
  readonly cache: DocumentCache;
  readonly guard: DocumentGuard;
  readonly log: EventLog;
  readonly logger: Logger;
  /** A task log was changed, by anybody. */
  readonly logChanged: (path: string) => Promise<void>;
}

export interface DocumentChanges {
  /** We wrote it. */
  written(path: string, revision: string): void;
  /** The file was written or removed by anybody. Never rejects. */
  changedOutside(change: StoreChange): Promise<void>;
  /** Keeps a version of everything that changed while Folio did not run. */
  scan(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** A save of several steps is over when nothing happened for so long. */
const quietMs = 400;
/** An empty file is most often one that is being filled; after this it counts as emptied. */
const longestMs = 4_000;

/** Tells of changes at once, and keeps what was changed as a version once it has settled. */
export function createDocumentChanges(dependencies: ChangesDependencies): DocumentChanges {
  const { store, versions, cache, guard, log, logger } = dependencies;
  const told = new Map<string, string | undefined>();
  const timers = new Map<string, NodeJS.Timeout>();

  const tell = (path: string, revision: string | undefined): void => {
    const kind = documentKind(path);
    if (kind === undefined || (told.has(path) && told.get(path) === revision)) return;
    told.set(path, revision);
    cache.forget(path);
    log.append("workspace", { type: "document-changed", path, kind });
  };
  const keep = async (path: string, since: number): Promise<void> => {
    const document = await readIfThere(store, path);
    if (document === undefined) return;
    if (document.bytes.length === 0 && Date.now() - since < longestMs) return keepSoon(path, since);
    await versions.see(path, document);
    // Only now is it known who wrote it.
    cache.forget(path);
  };
  const keepSoon = (path: string, since: number): void => {
    clearTimeout(timers.get(path));
    const timer = setTimeout(() => {
      timers.delete(path);
      keep(path, since).catch((error: unknown) =>
        logger.error("changed document not kept", { path, error: String(error) }),
      );
    }, quietMs);
    timers.set(path, timer.unref());
  };
  const take = async ({ type, path }: StoreChange): Promise<void> => {
    if (isSecret(path)) return void (await guard.isClosed());
    if (documentKind(path) === undefined || (await guard.isClosed())) return;
    versions.forget(path);
    const document = type === "removed" ? undefined : await readSmall(store, path);
    if (told.has(path) && told.get(path) === document?.revision) return;
    if (documentKind(path) === "task-log") await dependencies.logChanged(path);
    tell(path, document?.revision);
    if (document !== undefined && documentKind(path) !== "foreign") keepSoon(path, Date.now());
  };

  return {
    written: tell,
    changedOutside: (change) =>
      take(change).catch((error: unknown) =>
        logger.error("changed document not readable", { path: change.path, error: String(error) }),
      ),
    scan: async (signal) => {
      if (await guard.isClosed()) return;
      for (const { path, size } of (await listDocuments(store)).documents) {
        if (signal.aborted) return;
        if (size > mostBytes || documentKind(path) === "foreign") continue;
        const document = await readSmall(store, path);
        if (document === undefined) continue;
        if (!told.has(path)) told.set(path, document.revision);
        await versions.see(path, document);
      }
    },
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** Undefined when it is gone, too large, or may not be read. */
async function readSmall(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    const { size } = await findDocument({ store }, path);
    return size > mostBytes ? undefined : await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && error.code === "io") throw error;
    return undefined;
  }
}
