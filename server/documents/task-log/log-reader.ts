import { NO_BYTES } from "../../../shared/chat-format/bytes.ts";
import { Problem } from "../../platform/problem.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { findTaskLog, isTaskLogPath, listTaskLogs, readOrNothing } from "./find-task-log.ts";
import { type OpenLog, openLog, type ReadFile } from "./open-log.ts";

export interface LogReader {
  /** The log as it is now: the chosen one, or the one at `path`. @throws StoreFailure, Problem */
  read(path?: string): Promise<OpenLog>;
  /** Keeps what was just written, so that it need not be read again. */
  remember(open: OpenLog): void;
}

/** How many read logs are kept: the chosen one, and another that a page may show beside it. */
const MOST_KEPT = 2;

/** Reads the file each time and parses it only when its revision is a new one. */
export function createLogReader(store: DocumentStore): LogReader {
  const kept = new Map<string, OpenLog>();
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
  return {
    read: async (path) => {
      if (path !== undefined && !isTaskLogPath(path)) {
        throw new Problem("forbidden", 403, "Only a task log is opened here. Nothing was opened.");
      }
      const found = path === undefined ? await findTaskLog(store) : await at(store, path);
      const { document } = found;
      const content = { bytes: document?.bytes ?? NO_BYTES, revision: document?.revision };
      return open({ path: found.path, others: found.others, ...content });
    },
    remember: keep,
  };
}

async function at(store: DocumentStore, path: string) {
  const others = (await listTaskLogs(store)).filter((other) => other !== path);
  return { path, document: await readOrNothing(store, path), others };
}
