import { type DocumentStore, type ListedDocument, StoreFailure } from "../platform/store/document-store.ts";
import type { ListedRun } from "./run-record.ts";

/** What the list of runs shows, kept beside the records, so that thousands of them need not be read to be listed. */
export interface RunSummaries {
  wrote(file: ListedDocument, run: ListedRun): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly ListedRun[]>;
}

interface Line extends ListedDocument {
  readonly run: ListedRun;
}

const folder = "agent-runs";
const cacheFile = "agent-run-summaries.jsonl";
const cacheBytesAtMost = 64 * 1024 * 1024;
/** How many records are read at a time that the cache does not know. */
const readAtATime = 8;

/**
 * The folder is the truth: a record whose size or time is not the cache's is read again. What has come to its end is
 * looked at once; from then on only its name is looked for. The cache can be deleted. Lines are appended; a later one of the same
 * path counts.
 */
export function createRunSummaries(
  store: DocumentStore,
  readRun: (path: string) => Promise<ListedRun | undefined>,
): RunSummaries {
  let known: Map<string, Line> | undefined;
  let listing: Promise<readonly ListedRun[]> | undefined;
  let isLookedThrough = false;
  /** Written since the listing at work began: it may not have seen their files. */
  let fresh = new Set<string>();

  const append = async (lines: readonly Line[]): Promise<void> => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    // Only a cache: a disk that cannot take it must not fail what is durable already.
    await store.append(cacheFile, Buffer.from(text)).catch(() => undefined);
  };

  const load = async (): Promise<Map<string, Line>> => {
    known ??= await readCache(store);
    return known;
  };

  const refresh = async (): Promise<readonly ListedRun[]> => {
    const lines = await load();
    fresh = new Set();
    const over = new Set<string>();
    const files = await filesOf(store, (path) => {
      const isKnown = isLookedThrough && isOver(lines.get(path));
      if (isKnown) over.add(path);
      return !isKnown;
    });
    const paths = new Set(files.map(({ path }) => path));
    for (const path of lines.keys()) if (!paths.has(path) && !over.has(path) && !fresh.has(path)) lines.delete(path);
    const found = await readUnknown(
      files.filter((file) => !isSame(lines.get(file.path), file)),
      readRun,
    );
    for (const line of found) lines.set(line.path, line);
    isLookedThrough = true;
    if (found.some(({ run }) => run.isSettled)) await append(found);
    const runs = [...lines.values()].map(({ run }) => run);
    return runs.toSorted((one, other) => compare(other.summary, one.summary));
  };

  return {
    wrote: async (file, run) => {
      const line = { ...file, run };
      (await load()).set(file.path, line);
      fresh.add(file.path);
      if (run.summary.status !== "running") await append([line]);
    },
    list: () => {
      listing ??= refresh().finally(() => {
        listing = undefined;
      });
      return listing;
    },
  };
}

async function readUnknown(
  files: readonly ListedDocument[],
  readRun: (path: string) => Promise<ListedRun | undefined>,
): Promise<readonly Line[]> {
  const found: Line[] = [];
  for (let start = 0; start < files.length; start += readAtATime) {
    const some = files.slice(start, start + readAtATime);
    const runs = await Promise.all(some.map(({ path }) => readRun(path).catch(() => undefined)));
    for (const [at, run] of runs.entries()) {
      const file = some[at];
      if (file !== undefined && run !== undefined) found.push({ ...file, run });
    }
  }
  return found;
}

/** Records whose size and time are wanted. */
async function filesOf(store: DocumentStore, isWanted: (path: string) => boolean): Promise<readonly ListedDocument[]> {
  try {
    return await store.find(folder, (name) => name.endsWith(".json") && isWanted(`${folder}/${name}`));
  } catch (error) {
    if (error instanceof StoreFailure && error.code === "not-found") return [];
    throw error;
  }
}

async function readCache(store: DocumentStore): Promise<Map<string, Line>> {
  const lines = new Map<string, Line>();
  const stored = await store.read(cacheFile).catch(() => undefined);
  if (stored === undefined || stored.bytes.length > cacheBytesAtMost) return lines;
  let count = 0;
  for (const text of new TextDecoder().decode(stored.bytes).split("\n")) {
    const line = lineOf(text);
    if (line === undefined) continue;
    count += 1;
    lines.set(line.path, line);
  }
  if (count > 2 * lines.size + 100) {
    const kept = [...lines.values()].map((line) => `${JSON.stringify(line)}\n`).join("");
    await store.write(cacheFile, Buffer.from(kept), stored.revision).catch(() => undefined);
  }
  return lines;
}

function lineOf(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Partial<Line> | null;
    const isWhole = typeof line?.path === "string" && typeof line.run?.summary?.id === "string";
    return isWhole ? (line as Line) : undefined;
  } catch {
    return undefined;
  }
}

function isSame(line: Line | undefined, file: ListedDocument): boolean {
  return line !== undefined && line.size === file.size && line.modified === file.modified;
}

/** Nothing of it can change any more. */
function isOver(line: Line | undefined): boolean {
  if (line === undefined || !line.run.isSettled) return false;
  const { status } = line.run.summary;
  return status !== "waiting" && status !== "running";
}

function compare(one: ListedRun["summary"], other: ListedRun["summary"]): number {
  const [left, right] = one.started === other.started ? [one.id, other.id] : [one.started, other.started];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
