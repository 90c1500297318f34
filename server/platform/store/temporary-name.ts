import { createHash } from "node:crypto";

const MARK = ".folio-tmp-";
/** Room that the dot, the mark, a process id and the random part take of the 255 bytes of a file name. */
const ROOM_FOR_NAME = 200;

/** What the temporary names for a file called `name` begin with. A long name is stood for by its hash. */
export function temporaryPrefix(name: string): string {
  const short = Buffer.byteLength(name) <= ROOM_FOR_NAME;
  return `.${short ? name : createHash("sha256").update(name).digest("hex")}${MARK}`;
}

/** The name of a temporary file beside `name`: `.<name>.folio-tmp-<process id>-<random>`. */
export function temporaryName(name: string, processId: number, random: string): string {
  return `${temporaryPrefix(name)}${processId}-${random}`;
}

/** The id of the process that made a temporary file, or undefined when the name is not one of ours. */
export function temporaryOwner(name: string): number | undefined {
  const found = /^\..+\.folio-tmp-(\d{1,10})-[0-9a-f]+$/s.exec(name);
  return found === null ? undefined : Number(found[1]);
}
