import { opendir } from "node:fs/promises";
import { nameRefusal } from "./document-path.ts";
import { whenThere } from "./error-code.ts";
import { openAnchor } from "./folder-anchor.ts";

/** Names of the regular files directly in a folder (empty: the root), in no order. A missing folder has none. */
export async function listNames(realRoot: string, folder: string): Promise<string[]> {
  const anchor = await whenThere(openAnchor(realRoot, folder));
  if (anchor === undefined) return [];
  try {
    const names: string[] = [];
    for await (const entry of await opendir(anchor.path)) {
      if (entry.isFile() && nameRefusal(entry.name, "existing") === undefined) names.push(entry.name);
    }
    return names;
  } finally {
    await anchor.close();
  }
}
