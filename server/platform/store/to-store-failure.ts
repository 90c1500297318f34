import { statfs } from "node:fs/promises";
import { printable } from "./document-path.ts";
import { StoreFailure } from "./document-store.ts";
import { errorCode } from "./error-code.ts";

export type StoreAction = "read" | "write" | "remove" | "list";

const SAFE: Record<StoreAction, string> = {
  read: "Nothing was changed.",
  list: "Nothing was changed.",
  write: "It still has the content it had before.",
  remove: "It was not removed.",
};

/** The system's error as the failure a person is shown: what happened, what was kept, what to do. */
export async function toStoreFailure(
  error: unknown,
  about: { readonly path: string; readonly action: StoreAction; readonly root: string },
): Promise<StoreFailure> {
  if (error instanceof StoreFailure) return error;
  const { path, action } = about;
  const shown = `“${printable(path)}”`;
  const safe = SAFE[action];
  const fail = (code: StoreFailure["code"], message: string) => new StoreFailure(code, path, message, { cause: error });
  switch (errorCode(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return fail("not-found", `${shown} is not there.`);
    case "ELOOP":
    case "EISDIR":
    case "ENXIO":
    case "EEXIST":
      return fail("not-a-file", `${shown} is not a regular file. Folio opens no links, folders or devices. ${safe}`);
    case "EACCES":
    case "EPERM":
      return fail("no-permission", `Folio may not ${action} ${shown}. ${safe} Change its permissions, then try again.`);
    case "EROFS":
      return fail("read-only", `${shown} is on a disk that is read-only. ${safe}`);
    case "ENOSPC":
    case "EDQUOT":
      return fail("disk-full", `${await fullDisk(about.root)} ${shown}: ${safe} Free some space, then try again.`);
    case "EBUSY":
      return fail("io", `Another process is writing ${shown} and does not let go. ${safe} Close it, then try again.`);
    case "EFBIG":
      return fail("too-large", `${shown} is larger than this system lets a file be. ${safe}`);
    case "ENAMETOOLONG":
      return fail("bad-name", `${shown} has a name that is too long for this disk. ${safe}`);
    default:
      return fail("io", unsaved(action, shown, errorCode(error)));
  }
}

function unsaved(action: StoreAction, shown: string, code: string | undefined): string {
  const reason = code === undefined ? "" : ` (${code})`;
  if (action === "read" || action === "list") return `${shown} could not be read: the disk failed${reason}.`;
  return `The disk failed${reason}: ${shown} is not saved. Check the disk; your text is still here, try again.`;
}

async function fullDisk(root: string): Promise<string> {
  try {
    const space = await statfs(root);
    const mebibytes = Math.floor((space.bavail * space.bsize) / 2 ** 20);
    // A count of 0 in all is how file systems without a fixed number of files answer.
    if (space.files > 0 && space.ffree === 0) return `The disk can hold no more files (${mebibytes} MB free).`;
    return `The disk is full (${mebibytes} MB free).`;
  } catch {
    return "The disk is full.";
  }
}
