import { sha256 } from "../../chat-format/sha256.ts";
import { toHex } from "./foreign-refs.ts";
import type { Digest, TaskLog, TaskLogSeen } from "./task-log.ts";

/** What a log that was just read is remembered by: the length and the digest of its bytes up to after the last value. */
export function seenOf(bytes: Uint8Array, log: TaskLog, digest: Digest = sha256): TaskLogSeen {
  return { length: log.seenLength, sha256: toHex(digest(bytes.subarray(0, log.seenLength))) };
}
