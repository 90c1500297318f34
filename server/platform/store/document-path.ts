import { StoreFailure, type StoreFailureCode } from "./document-store.ts";
import { temporaryOwner } from "./temporary-name.ts";

/** Names that Windows keeps for devices, whatever comes after the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
/** What no new name may hold, so that the folder can be copied to every system. */
const NOT_PORTABLE = /[<>:"|?*]|[ .]$/;
const CONTROL = /[\u0000-\u001f\u007f]/;
const LONGEST_NAME = 255;
const LONGEST_PATH = 2_048;

interface Refusal {
  readonly code: StoreFailureCode;
  readonly reason: string;
}

/**
 * Whether one name may be a part of a document's path. `existing` names may also hold what only Windows refuses,
 * since the person's own files may.
 */
export function nameRefusal(name: string, purpose: "existing" | "new"): Refusal | undefined {
  if (name === "." || name === "..") return { code: "outside", reason: "leads out of the folder" };
  if (name === "") return { code: "bad-name", reason: "has an empty part" };
  if (name.toLowerCase() === ".git") return { code: "outside", reason: "belongs to git" };
  if (CONTROL.test(name)) return { code: "bad-name", reason: "has a control character in its name" };
  if (name.includes("\\")) return { code: "bad-name", reason: "has a backslash in its name" };
  if (!name.isWellFormed() || name.includes("\ufffd")) {
    return { code: "bad-name", reason: "has a name that is not valid Unicode" };
  }
  if (Buffer.byteLength(name) > LONGEST_NAME) return { code: "bad-name", reason: "has a name of over 255 bytes" };
  if (DEVICE.test(name)) return { code: "bad-name", reason: "has a name that Windows keeps for a device" };
  if (temporaryOwner(name) !== undefined) return { code: "bad-name", reason: "has the name of a temporary file" };
  if ((purpose === "new" || process.platform === "win32") && NOT_PORTABLE.test(name)) {
    return {
      code: "bad-name",
      reason: 'has a name that not every system can hold (< > : " | ? *, a dot or space last)',
    };
  }
  return undefined;
}

/**
 * Takes a path from anywhere apart; links on the way are checked when it is opened.
 * @throws StoreFailure `outside` or `bad-name`
 */
export function checkDocumentPath(path: string, purpose: "existing" | "new"): { folder: string; name: string } {
  if (path.startsWith("/") || /^[a-z]:\//i.test(path)) throw refused(path, "outside", "is not inside the folder");
  if (path.length > LONGEST_PATH) throw refused(path, "bad-name", "is too long");
  const names = path.split("/");
  for (const name of names) {
    const refusal = nameRefusal(name, purpose);
    if (refusal !== undefined) throw refused(path, refusal.code, refusal.reason);
  }
  return { folder: names.slice(0, -1).join("/"), name: names.at(-1) ?? "" };
}

function refused(path: string, code: StoreFailureCode, reason: string): StoreFailure {
  return new StoreFailure(code, path, `“${printable(path)}” ${reason}. Nothing was opened or changed.`);
}

/** A path as it may stand in a sentence: short, without anything that a terminal or a page would act on. */
export function printable(path: string): string {
  const shown = path.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}]/gu, "�");
  return shown.length > 120 ? `${shown.slice(0, 119)}…` : shown;
}
