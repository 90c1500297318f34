import { createHash } from "node:crypto";

/** SHA-256 by the system's own library. */
export function digest(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

/** The same in lower-case hexadecimal. */
export function hexDigest(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
