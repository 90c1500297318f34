/** What `npm run local-model` has put into its folder: the runtime, and the model files. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";

/** The runtime's entry, relative to the folder. */
export const runtimeEntry = "node_modules/node-llama-cpp/dist/index.js";
/** Every `.gguf` in here is a model; a person may put others beside ours. */
export const modelsFolder = "models";

export interface LocalModelFiles {
  /** Absolute path of the runtime's entry. */
  readonly runtime: string;
  /** Model name (the file's name without `.gguf`) to absolute path, by name. */
  readonly models: ReadonlyMap<string, string>;
}

/** Undefined when there is no runtime or no model. */
export async function findLocalModelFiles(folder: string): Promise<LocalModelFiles | undefined> {
  const runtime = join(folder, runtimeEntry);
  const isThere = await stat(runtime).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return undefined;
  const files = await readdir(join(folder, modelsFolder)).catch(() => []);
  const names = files.filter((file) => file.endsWith(".gguf")).sort();
  if (names.length === 0) return undefined;
  return { runtime, models: new Map(names.map((file) => [basename(file, ".gguf"), join(folder, modelsFolder, file)])) };
}
