import { join } from "node:path";
import type { Hono } from "hono";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/logger.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import type { Environment, TaskLogService as LogPort, WriteBytes } from "../task-log-port.ts";
import { changeLog, type LogChanging } from "./change-log.ts";
import { createLogHistory } from "./log-history.ts";
import { createOneByOne, type LogParts } from "./log-parts.ts";
import { createLogReader } from "./log-reader.ts";
import { createPendingEntries } from "./pending-entries.ts";
import { openPrivateStore } from "./private-store.ts";
import { type LogReading, readLog } from "./read-log.ts";
import { createSeenLogs } from "./seen-logs.ts";
import { taskLogRoutes } from "./task-log-routes.ts";

export interface TaskLogOptions {
  readonly store: DocumentStore;
  /** The app's own data about the workspace: entries that wait, and what the log held when it was last seen. */
  readonly dataDirectory: string;
  readonly clock: Clock;
  /** Gives a ULID. */
  readonly newRunId: () => string;
  /** After each write of the log. */
  readonly onChanged: (path: string) => void;
  readonly logger: Logger;
  /** Writes the log; the store's own write when absent. */
  readonly write?: WriteBytes;
  /** Whether a run's record is held, so that its entry can lead to it; when absent none is. */
  readonly hasRun?: (runId: string) => boolean;
}

export interface TaskLogService extends LogPort, LogReading, LogChanging {
  readonly routes: Hono<Environment>;
  close(): Promise<void>;
}

/** The task log of a workspace. Several processes may have one each: they meet in the files, under their locks. */
export function createTaskLog(options: TaskLogOptions): TaskLogService {
  const { store, clock, newRunId, logger, hasRun = () => false } = options;
  const data = openPrivateStore(join(options.dataDirectory, "task-log"));
  const history = createLogHistory({ seenLogs: createSeenLogs(data), clock });
  const oneByOne = createOneByOne();
  const parts: LogParts & { readonly store: DocumentStore } = {
    store,
    ...{ clock, newRunId, hasRun, history, oneByOne },
    reader: createLogReader(store),
    pending: createPendingEntries(data),
    write: options.write ?? ((path, bytes, expected) => store.write(path, bytes, expected)),
    onWritten: async (before, now) => {
      // The entry is in the log: what goes wrong now must not have it written again.
      await history
        .follow(before, now)
        .catch((error: unknown) => logger.error("last seen log not kept", { error: String(error) }));
      options.onChanged(now.path);
    },
  };
  const service = {
    ...readLog(parts),
    ...changeLog(parts),
    close: async () => {
      await oneByOne(async () => undefined);
      await data.close();
    },
  };
  return { ...service, routes: taskLogRoutes(service) };
}
