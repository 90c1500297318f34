import type { RunReason, StartProject } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import { type DocumentStore, StoreFailure } from "../platform/store/document-store.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";

export interface ProjectRecord {
  readonly format: "agent-project/1";
  readonly id: string;
  readonly started: string;
  readonly asked: StartProject;
  /** The run of each step, as far as they were started. */
  readonly runs: readonly string[];
  readonly isOver: boolean;
  /** Why the due step could not begin. */
  readonly problem?: RunReason;
}

/** Projects, one file each: `projects/<id>.json` in the workspace's data. */
export interface ProjectRecords {
  /** Leaves one that is there. */
  add(record: ProjectRecord): Promise<void>;
  /** @throws Problem 404 */
  get(id: string): Promise<ProjectRecord>;
  /** Newest first; what cannot be read is left out. */
  list(): Promise<readonly ProjectRecord[]>;
  /** One change at a time, durably. @throws Problem 404 */
  change(id: string, next: (record: ProjectRecord) => ProjectRecord): Promise<ProjectRecord>;
}

export function createProjectRecords(store: DocumentStore): ProjectRecords {
  const get = async (id: string) => {
    const stored = idPattern.test(id) ? await readProject(store, pathOf(id)) : undefined;
    if (stored === undefined) throw noProject();
    return stored;
  };
  return {
    add: async (record) => {
      await store.write(pathOf(record.id), bytesOf(record), undefined);
    },
    get: async (id) => (await get(id)).record,
    list: () => listProjects(store),
    change: async (id, next) => {
      for (;;) {
        const { record, revision } = await get(id);
        const changed = next(record);
        const result = await store.write(pathOf(id), bytesOf(changed), revision);
        if (result.outcome === "written") return changed;
      }
    },
  };
}

async function listProjects(store: DocumentStore): Promise<readonly ProjectRecord[]> {
  const found = await store
    .find(folder, (name) => name.endsWith(".json"))
    .catch((error: unknown) => {
      if (error instanceof StoreFailure && error.code === "not-found") return [];
      throw error;
    });
  // Their ids begin with the time they were made at.
  const newest = found.map(({ path }) => path).toSorted((one, other) => (one < other ? 1 : -1));
  const read = newest.slice(0, listedAtMost).map((path) => readProject(store, path).catch(() => undefined));
  return (await Promise.all(read)).flatMap((project) => (project === undefined ? [] : [project.record]));
}

const folder = "projects";
const listedAtMost = 50;
const idPattern = /^[0-9A-HJKMNP-TV-Z]{26}$/;

function pathOf(id: string): string {
  return `${folder}/${id}.json`;
}

function bytesOf(record: ProjectRecord): Uint8Array {
  return Buffer.from(`${JSON.stringify(record, undefined, 1)}\n`);
}

async function readProject(
  store: DocumentStore,
  path: string,
): Promise<{ readonly record: ProjectRecord; readonly revision: string } | undefined> {
  const stored = await readIfThere(store, path);
  if (stored === undefined) return undefined;
  try {
    const record = JSON.parse(new TextDecoder().decode(stored.bytes)) as ProjectRecord;
    return record.format === "agent-project/1" ? { record, revision: stored.revision } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function noProject(): Problem {
  return new Problem("not-found", 404, "There is no such project here.");
}
