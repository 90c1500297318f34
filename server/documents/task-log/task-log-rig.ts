/** A workspace of its own for tests of the task log, with the shipped store. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createLogger } from "../../platform/logger.ts";
import { openFolderStore } from "../../platform/store/folder-store.ts";
import { newUlid } from "../../platform/ulid.ts";
import { createTaskLog, type TaskLogOptions, type TaskLogService } from "./task-log-service.ts";

export const LOG = ".codex/TASK-LOG.json";
export const NOON = new Date(2026, 4, 6, 12, 0, 0);

export interface LogRig {
  readonly base: string;
  readonly folder: string;
  readonly data: string;
  readonly log: TaskLogService;
  readonly changed: string[];
  readonly errors: string[];
  /** A second one on the same folder, as another process has it. */
  another(): TaskLogService;
  put(path: string, content: string | Uint8Array): Promise<void>;
  text(path?: string): Promise<string>;
  close(): Promise<void>;
}

export async function openLogRig(more: Partial<TaskLogOptions> = {}): Promise<LogRig> {
  const base = await mkdtemp(join(tmpdir(), "folio-log-"));
  const [folder, data] = [join(base, "workspace"), join(base, "data")];
  await mkdir(folder);
  const [changed, errors]: [string[], string[]] = [[], []];
  const opened: { close(): Promise<void> }[] = [];
  const open = (): TaskLogService => {
    const store = openFolderStore({ root: folder, locksDirectory: join(base, "locks") });
    const log = createTaskLog({
      ...{ store, dataDirectory: data, newRunId: () => newUlid(), onChanged: (path) => changed.push(path) },
      clock: { now: () => NOON, monotonic: () => performance.now() },
      logger: createLogger("error", (line) => errors.push(line)),
      ...more,
    });
    opened.push(log, store);
    return log;
  };
  return {
    ...{ base, folder, data, changed, errors, log: open(), another: open },
    put: async (path, content) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    },
    text: (path = LOG) => readFile(join(folder, path), "utf8"),
    close: async () => {
      for (const one of opened) await one.close();
      await rm(base, { recursive: true });
    },
  };
}
