import { Hono } from "hono";
import type { Notice } from "../../shared/events.ts";
import type { StoreChange } from "../platform/store/document-store.ts";
import { createDocumentParts, type DocumentsOptions } from "./document-parts.ts";
import { INBOX_FOLDER } from "./inbox/inbox-view.ts";
import { proposalRoutes } from "./proposals/proposal-routes.ts";
import { rosterRoutes } from "./roster/roster-routes.ts";
import { documentRoutes } from "./routes.ts";
import { createStudioFiles, type StudioFiles } from "./studio-files.ts";
import type { Environment } from "./task-log-port.ts";

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

/** Nothing below these is answered while the folder is closed. */
const guarded = ["/documents/*", "/task-log/*", "/roster/*", "/proposals/*", "/inbox/*"];

/** Wires the feature: the files below `.codex/`, their versions, the task log, the board and the roster. */
export function createDocuments(options: DocumentsOptions): Documents {
  const parts = createDocumentParts(options);
  const routes = new Hono<Environment>();
  for (const path of guarded) {
    routes.use(path, async (_, next) => {
      await parts.guard.check();
      await next();
    });
  }
  const { changes, guard, inbox, taskLog } = parts;
  const closing = new AbortController();
  const scan = async (signal: AbortSignal): Promise<void> => {
    await changes.scan(signal);
    if (signal.aborted || (await guard.isClosed())) return;
    await taskLog
      .flush()
      .catch((error: unknown) => options.logger.error("waiting entries not written", { error: String(error) }));
    await inbox.scan();
  };
  const atWork = new Set<Promise<void>>();
  const waitedFor = async (work: Promise<void>): Promise<void> => {
    atWork.add(work);
    await work.finally(() => atWork.delete(work));
  };
  // What came while it was closed was told of then.
  guard.whenOpened(() => {
    waitedFor(scan(closing.signal)).catch((error: unknown) =>
      options.logger.error("folder not looked through", { error: String(error) }),
    );
  });
  const takeChange = async (change: StoreChange): Promise<void> => {
    await changes.changedOutside(change);
    if (isInboxPath(change.path) && !(await guard.isClosed())) await inbox.changedOutside(change.path);
  };
  const features = [documentRoutes(parts), taskLog.routes, rosterRoutes(parts), proposalRoutes(parts), inbox.routes];
  for (const some of features) routes.route("/", some);
  return {
    routes,
    changedOutside: (change) => waitedFor(takeChange(change)),
    scan,
    notices: guard.notices,
    files: createStudioFiles(parts),
    close: async () => {
      closing.abort();
      await Promise.allSettled(atWork);
      await parts.close();
    },
  };
}

function isInboxPath(path: string): boolean {
  return path.startsWith(`${INBOX_FOLDER}/`);
}
