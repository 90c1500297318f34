import { join } from "node:path";
import type { Clock } from "../platform/clock.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { Logger } from "../platform/logger.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { createDocumentCache } from "./document-cache.ts";
import { createDocumentChanges } from "./document-changes.ts";
import { createDocumentGuard } from "./document-guard.ts";
import { createDocumentReaders } from "./document-readers.ts";
import { createInbox } from "./inbox/inbox.ts";
import { createTaskLog } from "./task-log/task-log-service.ts";
import { createVersionStore } from "./versions/version-store.ts";
import { createWriteBytes } from "./write-document.ts";

export interface DocumentsOptions {
  readonly store: DocumentStore;
  readonly log: EventLog;
  readonly logger: Logger;
  readonly clock: Clock;
  /** ULIDs, for log entries. */
  readonly newRunId: () => string;
  /** The app's own data about this workspace: versions, entries that wait, the log as it was last seen. */
  readonly dataDirectory: string;
  /** Where a document lies on this computer, absolute. */
  readonly fileOf: (path: string) => string;
  /** Whether `.codex/` is the home of Codex CLI now; asked at every request. */
  readonly holdsCodexHome: () => Promise<boolean>;
  /** Whether a run's record is held. */
  readonly hasRun?: (runId: string) => boolean;
}

/** What all parts of the feature share, made once. */
export function createDocumentParts(options: DocumentsOptions) {
  const { store, log, logger, clock, newRunId, dataDirectory, fileOf } = options;
  const own = openFolderStore({ root: dataDirectory, locksDirectory: join(dataDirectory, "locks") });
  const versions = createVersionStore(own, () => clock.now().toISOString());
  const guard = createDocumentGuard(options.holdsCodexHome, log);
  const readers = createDocumentReaders();
  const cache = createDocumentCache(store, readers);
  const changes = createDocumentChanges({
    ...{ store, versions, cache, guard, log, logger },
    logChanged: (path) => taskLog.changed(path),
  });
  const written = changes.written;
  const writeBytes = createWriteBytes({ store, versions, guard, clock, logger, written });
  const taskLog = createTaskLog({
    ...{ store, dataDirectory, clock, newRunId, logger, write: writeBytes },
    // The write itself has told it.
    onChanged: () => undefined,
    ...(options.hasRun === undefined ? {} : { hasRun: options.hasRun }),
  });
  const inbox = createInbox({
    ...{ store, clock, logger, write: writeBytes },
    appendEntries: taskLog.appendEntries,
    onChanged: () => undefined,
  });
  return {
    ...{ store, versions, guard, cache, changes, taskLog, inbox, writeBytes, clock, newRunId, fileOf },
    ...readers,
    close: async (): Promise<void> => {
      guard.close();
      changes.close();
      await inbox.close();
      await taskLog.close();
      await own.close();
    },
  };
}
