import { NO_BYTES } from "../../../shared/chat-format/bytes.ts";
import { Problem } from "../../platform/problem.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { findTaskLog, isTaskLogPath, listTaskLogs, TASK_LOG_PATH } from "./find-task-log.ts";
import { type OpenLog, openLog, type ReadFile } from "./open-log.ts";

export interface LogReader {
  /** The log as it is now: the chosen one, or the one at `path`. @throws StoreFailure, Problem */
  read(path?: string): Promise<OpenLog>;
  /**
   * The same for who only shows it: a file with the time and the size that it had when it was read is not read again,
   * unless that time was so near that a change after it may bear the same.
   */
  peek(path?: string): Promise<OpenLog>;
  /** Keeps what was just written, so that it need not be read again. */
  remember(open: OpenLog): void;
}

/** How many read logs are kept: the chosen one, and another that a page may show beside it. */
const MOST_KEPT = 2;

/** The coarsest times that file systems give. */
const COARSEST_MS = 2_000;

/** Reads the file each time and parses it only when its revision is a new one. */
export function createLogReader(store: DocumentStore): LogReader {
  const kept = new Map<string, OpenLog>();
  const stamps = new Map<string, Stamp>();
  const keep = (open: OpenLog): void => {
    kept.delete(open.path);
    kept.set(open.path, open);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  };
  const open = (file: ReadFile): OpenLog => {
    const known = kept.get(file.path);
    const isKnown = known !== undefined && known.revision === file.revision;
    const now = isKnown ? { ...known, others: file.others } : openLog(file);
    keep(now);
    return now;
  };
  const read = async (path?: string): Promise<OpenLog> => {
    if (path !== undefined && !isTaskLogPath(path)) {
      throw new Problem("forbidden", 403, "Only a task log is opened here. Nothing was opened.");
    }
    const before = Date.now();
    const { document, ...found } = path === undefined ? await findTaskLog(store) : await at(store, path);
    const { bytes = NO_BYTES, revision, modified = 0 } = document ?? {};
    stamps.set(found.path, { size: bytes.length, modified, revision, isOld: before - modified > COARSEST_MS });
    return open({ ...found, bytes, revision });
  };
  return {
    read,
    peek: async (path) => {
      const [first] = path === undefined ? await listTaskLogs(store) : [];
      // Anything but the log in its usual place takes the longer way, which also tells of a link in that place.
      const wanted = first?.path === TASK_LOG_PATH ? first : undefined;
      const known = kept.get(TASK_LOG_PATH);
      const stamp = stamps.get(TASK_LOG_PATH);
      const isSame = stamp?.size === wanted?.size && stamp?.modified === wanted?.modified;
      const isKnown = wanted !== undefined && stamp?.isOld === true && isSame && stamp.revision === known?.revision;
      return isKnown && known !== undefined ? known : read(path);
    },
    remember: keep,
  };
}

interface Stamp {
  readonly size: number;
  readonly modified: number;
  readonly revision: string | undefined;
  readonly isOld: boolean;
}

async function at(store: DocumentStore, path: string) {
  const others = (await listTaskLogs(store)).map((listed) => listed.path).filter((other) => other !== path);
  return { path, document: await readIfThere(store, path), others };
}
