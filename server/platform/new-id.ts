import { randomBytes } from "node:crypto";

const letters = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten random characters of lower-case Crockford base-32 (50 bits). */
export function newId(): string {
  let id = "";
  for (const byte of randomBytes(10)) id += letters[byte & 31];
  return id;
}
