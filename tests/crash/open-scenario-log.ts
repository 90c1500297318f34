import { join } from "node:path";
import { createTaskLog } from "../../server/documents/task-log/task-log-service.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { createLogger } from "../../server/platform/logger.ts";
import { openFolderStore } from "../../server/platform/store/folder-store.ts";
import { newUlid } from "../../server/platform/ulid.ts";

/** The task log with the shipped store, as the program and the command line have it. */
export function openScenarioLog(workspace: string, data: string) {
  const store = openFolderStore({ root: workspace, locksDirectory: join(data, "locks") });
  const log = createTaskLog({
    ...{ store, dataDirectory: join(data, "own"), clock: systemClock, newRunId: () => newUlid() },
    onChanged: () => undefined,
    logger: createLogger("silent", () => undefined),
  });
  const close = async () => {
    await log.close();
    await store.close();
  };
  return { log, close };
}
