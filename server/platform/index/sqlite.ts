import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens a database of things that can be rebuilt. `version` is the caller's: another one, or a file that is damaged, is
 * thrown away and made anew with `schema`. `path` may be `:memory:`.
 */
export function openRebuildable(path: string, schema: string, version: number): DatabaseSync {
  try {
    return openVersion(path, schema, version);
  } catch {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true, recursive: true });
    return openVersion(path, schema, version);
  }
}

function openVersion(path: string, schema: string, version: number): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    // Nothing here is the truth: a power cut may cost the last seconds, which the next scan of the files brings back.
    // One process has the folder, so it may keep the lock instead of taking it for every statement.
    database.exec(
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;",
    );
    const found = database.prepare("PRAGMA user_version").get()?.["user_version"];
    if (found === version) return database;
    if (found !== 0) throw new Error("made by another version");
    database.exec(`${schema}; PRAGMA user_version = ${version};`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
