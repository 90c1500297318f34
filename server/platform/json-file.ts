/** A small JSON file of the app's own, for settings that a person can do without. */
import { readFile, stat } from "node:fs/promises";
import type { ZodType } from "zod";
import { writeFileAtomic } from "./store/write-file-atomic.ts";

export interface JsonFile<Value> {
  /** Undefined when there is no such file, or it does not fit the schema. */
  read(): Promise<Value | undefined>;
  /** Replaces it durably, mode 0600. Rejects with the system's error. */
  write(value: Value): Promise<void>;
}

const maximumBytes = 256 * 1024;

/** A small file of Folio's own. What is missing, too large or does not fit `schema` is read as undefined. */
export function createJsonFile<Value>(path: string, schema: ZodType<Value>): JsonFile<Value> {
  return {
    async read() {
      try {
        const { size } = await stat(path);
        if (size > maximumBytes) return undefined;
        return schema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
      } catch {
        return undefined;
      }
    },
    async write(value) {
      await writeFileAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600 });
    },
  };
}
