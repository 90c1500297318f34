/** Whether the folder is still the one that was opened: an unmounted disk leaves an empty folder at the same path. */
import { type BigIntStats, statSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { printable } from "./document-path.ts";
import { StoreFailure } from "./document-store.ts";
import { whenThere } from "./error-code.ts";

export interface RootIdentity {
  /**
   * A folder that was missing at first is the one that is found first, and one with files in it that took the place of
   * another (a backup brought back) is the folder from then on.
   * @throws StoreFailure `away` when the folder is missing now, or another one that is empty is at its path
   */
  check(): Promise<void>;
}

/** Looks at the folder now, once. */
export function holdRoot(root: string): RootIdentity {
  let known = statSync(root, { bigint: true, throwIfNoEntry: false });
  return {
    check: async () => {
      const found = await whenThere(stat(root, { bigint: true }));
      if (known === undefined) {
        known = found;
        return;
      }
      if (found === undefined) throw away(root, false);
      if (isSame(known, found)) return;
      // Some disks number their files anew from time to time: that alone must not stop anybody from writing.
      if ((await readdir(root)).length === 0) throw away(root, true);
      known = found;
    },
  };
}

/** The number of a device may change with each mount; a number of a file is given again after the file is gone. */
function isSame(known: BigIntStats, found: BigIntStats): boolean {
  const isSameFile = known.ino === found.ino && known.birthtimeNs === found.birthtimeNs;
  return isSameFile && (known.dev === found.dev || known.birthtimeNs !== 0n);
}

function away(root: string, isReplaced: boolean): StoreFailure {
  const shown = printable(root);
  const what = isReplaced
    ? `The folder ${shown} is away: an empty one is in its place.`
    : `The folder ${shown} is away.`;
  const start = isReplaced ? ", or start Folio again to work in the folder that is there now" : "";
  return new StoreFailure("away", root, `${what} Nothing was written there. Bring it back${start}.`);
}
