import { createHash } from "node:crypto";
import type { Revision } from "./document-store.ts";

/** From this size on hashing would hold the event loop for longer than a thread switch costs. */
const LARGE = 512 * 1024;

/** Lower-case hexadecimal SHA-256 of the bytes. */
export async function contentRevision(bytes: Uint8Array): Promise<Revision> {
  if (bytes.byteLength < LARGE) return createHash("sha256").update(bytes).digest("hex");
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>)).toString("hex");
}
