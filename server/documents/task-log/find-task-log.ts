import type { DocumentStore, StoredDocument } from "../../platform/store/document-store.ts";
import { StoreFailure } from "../../platform/store/document-store.ts";

export interface FoundTaskLog {
  readonly path: string;
  /** Undefined when no log is there yet: then `path` is where one is made. */
  readonly document: StoredDocument | undefined;
  /** Other files that look like a log, in the order in which they would be taken. */
  readonly others: readonly string[];
}

export const TASK_LOG_PATH = ".codex/TASK-LOG.json";
const NAMES = ["TASK-LOG.json", "TASK-LOG.jsonl", "TASK-LOG.md"];
const FOLDERS = [".codex", ""];

/**
 * Which file is the task log: the names in their order, exact before another spelling, in `.codex/` before the root
 * (codex-files 1.0, rule 4). @throws StoreFailure when a link, a FIFO or a folder stands in the log's place
 */
export async function findTaskLog(store: DocumentStore): Promise<FoundTaskLog> {
  const candidates = await listTaskLogs(store);
  // Listed or not: a link in its place is to be told, not passed over.
  const usual = await readOrNothing(store, TASK_LOG_PATH);
  if (usual !== undefined) return found(usual, candidates);
  for (const path of candidates) {
    const document = await readOrNothing(store, path);
    if (document !== undefined) return found(document, candidates);
  }
  return { path: TASK_LOG_PATH, document: undefined, others: [] };
}

/** Paths of all files that look like a task log, in the order in which they are taken. */
export async function listTaskLogs(store: DocumentStore): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const folder of FOLDERS) {
    const files = await store.find(folder, (name) => NAMES.some((wanted) => plain(wanted) === plain(name)));
    const names = files.map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
    for (const wanted of NAMES) {
      const alike = names.filter((name) => plain(name) === plain(wanted));
      const ordered = alike.toSorted((left, right) => rank(left, wanted) - rank(right, wanted) || compare(left, right));
      paths.push(...ordered.map((name) => (folder === "" ? name : `${folder}/${name}`)));
    }
  }
  return paths;
}

/** Whether a path, by its name alone, is one of a task log. */
export function isTaskLogPath(path: string): boolean {
  const name = path.startsWith(".codex/") ? path.slice(".codex/".length) : path;
  return NAMES.some((wanted) => plain(wanted) === plain(name));
}

function found(document: StoredDocument, candidates: readonly string[]): FoundTaskLog {
  return { path: document.path, document, others: candidates.filter((path) => path !== document.path) };
}

/** Undefined when it is not there. */
export async function readOrNothing(store: DocumentStore, path: string): Promise<StoredDocument | undefined> {
  try {
    return await store.read(path);
  } catch (error) {
    if (error instanceof StoreFailure && error.code === "not-found") return undefined;
    throw error;
  }
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "-");
}

function rank(name: string, wanted: string): number {
  return name === wanted ? 0 : 1;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : 1;
}
