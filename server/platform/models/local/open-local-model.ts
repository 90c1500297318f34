import { fileURLToPath } from "node:url";
import { spawnProgram } from "../../spawn.ts";
import { createLocalModel, type LocalModel } from "./local-model.ts";
import { findLocalModelFiles } from "./local-model-files.ts";

/** The models in `folder`; undefined when none are installed. Starts no process before the first request. */
export async function openLocalModel(folder: string): Promise<LocalModel | undefined> {
  const files = await findLocalModelFiles(folder);
  if (files === undefined) return undefined;
  const childScript = fileURLToPath(new URL("./local-model-child.ts", import.meta.url));
  return createLocalModel({ files, childScript, spawn: spawnProgram });
}
