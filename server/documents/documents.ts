import { join } from "node:path";
import { Hono } from "hono";
import { DEFAULT_AGENTS } from "../../shared/codex-format/defaults/default-roster.ts";
import type { Notice } from "../../shared/events.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { Logger } from "../platform/logger.ts";
import type { DocumentStore, StoreChange } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { createDocumentCache } from "./document-cache.ts";
import { createDocumentChanges } from "./document-changes.ts";
import { createDocumentGuard } from "./document-guard.ts";
import { createInTurn } from "./in-turn.ts";
import { proposalRoutes } from "./proposals/proposal-routes.ts";
import { createBoardCache } from "./proposals/read-boards.ts";
import { createRosterCache } from "./roster/read-rosters.ts";
import { rosterRoutes } from "./roster/roster-routes.ts";
import { documentRoutes } from "./routes.ts";
import { createStudioFiles, type StudioFiles } from "./studio-files.ts";
import { createTaskLog } from "./task-log/task-log-service.ts";
import type { Environment } from "./task-log-port.ts";
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

export interface Documents {
  readonly routes: Hono<Environment>;
  /** Never rejects. */
  changedOutside(change: StoreChange): Promise<void>;
  /** Keeps what changed while Folio did not run; beside everything else. */
  scan(signal: AbortSignal): Promise<void>;
  notices(): readonly Notice[];
  readonly files: StudioFiles;
  close(): Promise<void>;
}

/** Wires the feature: the files below `.codex/`, their versions, the task log, the board and the roster. */
export function createDocuments(options: DocumentsOptions): Documents {
  const { store, log, logger, clock, newRunId, dataDirectory, fileOf } = options;
  const own = openFolderStore({ root: dataDirectory, locksDirectory: join(dataDirectory, "locks") });
  const versions = createVersionStore(own, () => clock.now().toISOString());
  const guard = createDocumentGuard(options.holdsCodexHome, log);
  const cache = createDocumentCache(store);
  const changes = createDocumentChanges({
    ...{ store, versions, cache, guard, log, logger },
    logChanged: (path) => taskLog.changed(path),
  });
  const written = changes.written;
  const writeBytes = createWriteBytes({ store, versions, guard, clock, logger, inTurn: createInTurn(), written });
  const taskLog = createTaskLog({
    ...{ store, dataDirectory, clock, newRunId, logger, write: writeBytes },
    // The write itself has told it.
    onChanged: () => undefined,
    ...(options.hasRun === undefined ? {} : { hasRun: options.hasRun }),
  });
  const readers = { parseRoster: createRosterCache(), parseBoard: createBoardCache(), defaultAgents: DEFAULT_AGENTS };
  const dependencies = { store, versions, guard, cache, taskLog, writeBytes, clock, newRunId, fileOf, ...readers };

  return {
    routes: new Hono<Environment>()
      .route("/", documentRoutes(dependencies))
      .route("/", taskLog.routes)
      .route("/", rosterRoutes(dependencies))
      .route("/", proposalRoutes(dependencies)),
    changedOutside: changes.changedOutside,
    scan: changes.scan,
    notices: guard.notices,
    files: createStudioFiles(dependencies),
    close: async () => {
      changes.close();
      await taskLog.close();
      await own.close();
    },
  };
}
