import { knownCandidates, matchKnownName } from "../../../shared/codex-format/documents/known-names.ts";
import { Problem } from "../../platform/problem.ts";
import type { DocumentStore, ListedDocument, StoredDocument } from "../../platform/store/document-store.ts";
import { readIfThere } from "../../platform/store/read-if-there.ts";
import { whyNoFolder } from "../why-no-folder.ts";

export interface FoundTaskLog {
  readonly path: string;
  /** Undefined when no log is there yet: then `path` is where one is made. */
  readonly document: StoredDocument | undefined;
  /** Other files that look like a log, in the order in which they would be taken. */
  readonly others: readonly string[];
}

const FOLDER = ".codex";
export const TASK_LOG_PATH = ".codex/TASK-LOG.json";

/**
 * Which file is the task log (docs/studio-files.md, rule 4).
 * @throws StoreFailure when a link, a FIFO or a folder stands in the log's place, Problem 409 when a file does in that
 * of `.codex`
 */
export async function findTaskLog(store: DocumentStore): Promise<FoundTaskLog> {
  const candidates = (await listTaskLogs(store)).map(({ path }) => path);
  // Listed or not: a link in its place is to be told, not passed over.
  for (const path of [TASK_LOG_PATH, ...candidates]) {
    const document = await readIfThere(store, path);
    if (document !== undefined) return { path, document, others: candidates.filter((other) => other !== path) };
  }
  const blocked = await whyNoFolder(store, FOLDER);
  if (blocked !== undefined) throw new Problem("read-only", 409, `${blocked} Nothing was changed.`);
  return { path: TASK_LOG_PATH, document: undefined, others: [] };
}

/** All files that look like a task log, in the order in which they are taken. */
export async function listTaskLogs(store: DocumentStore): Promise<readonly ListedDocument[]> {
  const isLog = (name: string): boolean => matchKnownName(name)?.file === "task-log";
  const found = [...(await store.find(".codex", isLog)), ...(await store.find("", isLog))];
  const byPath = new Map(found.map((listed) => [listed.path, listed]));
  return knownCandidates("task-log", [...byPath.keys()]).flatMap((path) => byPath.get(path) ?? []);
}

/** Whether a path, by its name alone, is one of a task log. */
export function isTaskLogPath(path: string): boolean {
  return knownCandidates("task-log", [path]).length > 0;
}
