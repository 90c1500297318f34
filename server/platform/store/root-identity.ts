/** Whether the folder is still the one that was opened: an unmounted disk leaves an empty folder at the same path. */
import { type BigIntStats, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { printable } from "./document-path.ts";
import { StoreFailure } from "./document-store.ts";
import { whenThere } from "./error-code.ts";

export interface RootIdentity {
  /**
   * A folder that was missing at first is the one that is found first.
   * @throws StoreFailure `away` when the folder is missing now, or another one is at its path
   */
  check(): Promise<void>;
}

/** Looks at the folder now, once. */
export function holdRoot(root: string): RootIdentity {
  let known = statSync(root, { bigint: true, throwIfNoEntry: false });
  return {
    check: async () => {
      const found = await whenThere(stat(root, { bigint: true }));
      if (known !== undefined && (found === undefined || !isSame(known, found))) throw away(root, found !== undefined);
      known ??= found;
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
    ? `The folder ${shown} is away: another one is in its place.`
    : `The folder ${shown} is away.`;
  const start = isReplaced ? ", or start Folio again to work in the folder that is there now" : "";
  return new StoreFailure("away", root, `${what} Nothing was written there. Bring it back${start}.`);
}
