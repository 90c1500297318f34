import { join } from "node:path";
import { makeDirectory } from "../../platform/store/durable-directory.ts";
import { type FolderStore, openFolderStore } from "../../platform/store/folder-store.ts";

/** A store in the app's own data that nobody else may look into. Its folder is made with the first write. */
export function openPrivateStore(root: string): FolderStore {
  const store = openFolderStore({ root, locksDirectory: join(root, "locks") });
  return {
    ...store,
    write: async (path, bytes, expected) => {
      await makeDirectory(root, { mode: 0o700 });
      return store.write(path, bytes, expected);
    },
  };
}
