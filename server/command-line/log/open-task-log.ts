import { createTaskLog, type TaskLogService } from "../../documents/task-log/task-log-service.ts";
import { systemClock } from "../../platform/clock.ts";
import { createLogger } from "../../platform/logger.ts";
import { newUlid } from "../../platform/ulid.ts";
import type { CommandInput } from "../command-input.ts";
import { type CommandFolder, withFolder } from "../open-folder.ts";

/** Runs `work` on a folder's task log, also while a server has the folder open; as `withFolder`. */
export function withTaskLog(
  folder: string | undefined,
  io: CommandInput,
  work: (log: TaskLogService, opened: CommandFolder) => Promise<number>,
): Promise<number> {
  return withFolder(folder, io, async (opened) => {
    const log = createTaskLog({
      store: opened.store,
      dataDirectory: opened.dataDirectory,
      clock: systemClock,
      newRunId: () => newUlid(),
      // A running server sees the file change by itself.
      onChanged: () => undefined,
      logger: createLogger("error", io.stderr),
    });
    try {
      return await work(log, opened);
    } finally {
      await log.close();
    }
  });
}
