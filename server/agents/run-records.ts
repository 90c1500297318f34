import { Problem } from "../platform/problem.ts";
import { contentRevision } from "../platform/store/content-revision.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";
import { isSettled, type ListedRun, parseRunRecord, type RunRecord, summaryOf } from "./run-record.ts";
import { createRunSummaries } from "./run-summaries.ts";

/** The records of runs, one file each: `agent-runs/<id>.json` in the workspace's data. Other processes write there too. */
export interface RunRecords {
  /** Keeps a new record durably; false when there is one with its id. @throws StoreFailure */
  add(record: RunRecord): Promise<boolean>;
  read(id: string): Promise<RunRecord | undefined>;
  /** The record as another process left it; undefined when the last write was ours. */
  readOthers(id: string): Promise<RunRecord | undefined>;
  /** @throws Problem 404, StoreFailure */
  get(id: string): Promise<RunRecord>;
  /**
   * Replaces the record by what `next` makes of it, durably, one change at a time whoever else writes. Undefined from
   * `next` leaves it. Answers the record as it is then and whether it was changed.
   * @throws Problem 404, StoreFailure
   */
  change(
    id: string,
    next: (record: RunRecord) => RunRecord | undefined,
  ): Promise<{ readonly record: RunRecord; readonly isChanged: boolean }>;
  /** Newest first. */
  list(): Promise<readonly ListedRun[]>;
}

export const runsFolder = "agent-runs";
const idPattern = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const triesAgainstOthers = 20;

export function createRunRecords(store: DocumentStore): RunRecords {
  const summaries = createRunSummaries(store, async (path) => {
    const record = parseRunRecord((await store.read(path)).bytes);
    return record === undefined ? undefined : listed(record);
  });

  /** Revision of the last write of this process. */
  const ours = new Map<string, string>();

  const readStored = (id: string) => readRecord(store, id);

  const write = async (record: RunRecord, expected: string | undefined): Promise<boolean> => {
    const bytes = Buffer.from(`${JSON.stringify(record, undefined, 1)}\n`);
    // Before the write, for whoever watches the folder sees it at once.
    ours.set(record.id, await contentRevision(bytes));
    const result = await store.write(pathOf(record.id), bytes, expected);
    if (result.outcome === "stale") return false;
    await summaries.wrote({ path: pathOf(record.id), size: bytes.length, modified: result.modified }, listed(record));
    return true;
  };

  const change: RunRecords["change"] = async (id, next) => {
    for (let tries = 0; tries < triesAgainstOthers; tries += 1) {
      const stored = await readStored(id);
      if (stored === undefined) throw noRun();
      const changed = next(stored.record);
      if (changed === undefined) return { record: stored.record, isChanged: false };
      if (await write(changed, stored.revision)) return { record: changed, isChanged: true };
    }
    throw new Problem(
      "not-saved",
      503,
      "The record of the run is being written by another process. Nothing was changed.",
    );
  };

  return {
    add: (record) => write(record, undefined),
    read: async (id) => (await readStored(id))?.record,
    readOthers: async (id) => {
      const stored = await readStored(id);
      return stored === undefined || stored.revision === ours.get(id) ? undefined : stored.record;
    },
    get: async (id) => {
      const stored = await readStored(id);
      if (stored === undefined) throw noRun();
      return stored.record;
    },
    change,
    list: () => summaries.list(),
  };
}

async function readRecord(
  store: DocumentStore,
  id: string,
): Promise<{ readonly record: RunRecord; readonly revision: string } | undefined> {
  if (!idPattern.test(id)) return undefined;
  const stored = await readIfThere(store, pathOf(id));
  if (stored === undefined) return undefined;
  const record = parseRunRecord(stored.bytes);
  return record === undefined ? undefined : { record, revision: stored.revision };
}

function listed(record: RunRecord): ListedRun {
  return { summary: summaryOf(record), isSettled: isSettled(record) };
}

function pathOf(id: string): string {
  if (!idPattern.test(id)) throw noRun();
  return `${runsFolder}/${id}.json`;
}

/** The run whose record lies at a path of Folio's data; undefined for any other file. */
export function runOfPath(path: string): string | undefined {
  const id = path.slice(runsFolder.length + 1, -".json".length);
  return idPattern.test(id) && path === pathOf(id) ? id : undefined;
}

function noRun(): Problem {
  return new Problem("not-found", 404, "There is no such run here. Its record may have been deleted.");
}
