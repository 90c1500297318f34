import type { EventLog } from "../platform/events/event-log.ts";
import { createPathQueue } from "../platform/path-queue.ts";
import {
  type DocumentStore,
  type StoreChange,
  type StoredDocument,
  StoreFailure,
} from "../platform/store/document-store.ts";
import { mostBytes } from "./document-cache.ts";
import type { DocumentGuard } from "./document-guard.ts";
import { documentKind, isSecret } from "./document-names.ts";
import { findDocument } from "./document-view.ts";
import { createSettledVersions, type SettledDependencies } from "./keep-settled.ts";
import { listDocuments } from "./list-documents.ts";

export interface ChangesDependencies extends SettledDependencies {
  readonly guard: DocumentGuard;
  readonly log: EventLog;
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

/** Tells of changes at once, and keeps what was changed as a version once it has settled. */
export function createDocumentChanges(dependencies: ChangesDependencies): DocumentChanges {
  const { store, versions, cache, guard, log, logger } = dependencies;
  const settled = createSettledVersions(dependencies);
  const queue = createPathQueue();
  const told = new Map<string, string | undefined>();
  const isTold = (path: string, revision: string | undefined): boolean => told.has(path) && told.get(path) === revision;

  const tell = (path: string, revision: string | undefined): void => {
    const kind = documentKind(path);
    if (kind === undefined || isTold(path, revision)) return;
    told.set(path, revision);
    cache.forget(path);
    log.append("workspace", { type: "document-changed", path, kind });
  };
  const take = async ({ type, path }: StoreChange): Promise<void> => {
    if (isSecret(path)) return void (await guard.isClosed());
    const kind = documentKind(path);
    if (kind === undefined || (await guard.isClosed())) return;
    versions.forget(path);
    const document = type === "removed" ? undefined : await readSmall(store, path);
    // One that is too large to be read is told of every time.
    if (document !== undefined && isTold(path, document.revision)) return;
    if (document === undefined && type === "changed") told.delete(path);
    tell(path, document?.revision);
    if (kind === "task-log") await dependencies.logChanged(path);
    if (document !== undefined && kind !== "foreign") settled.soon(path);
  };

  return {
    written: tell,
    changedOutside: (change) =>
      queue
        .run(laneOf(change.path), () => take(change))
        .catch((error: unknown) =>
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
    close: () => settled.close(),
  };
}

/** A checkout may change thousands of files in a moment: so many are read at once, those of one path in order. */
const lanes = 8;

function laneOf(path: string): string {
  let sum = 0;
  for (const character of path) sum += character.codePointAt(0) ?? 0;
  return String(sum % lanes);
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
