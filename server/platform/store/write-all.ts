import type { FileHandle } from "node:fs/promises";

/**
 * Writes every byte at `position`. The system may take fewer than it was given without an error (a file size limit,
 * a nearly full disk), so one call is not enough.
 */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    if (bytesWritten === 0) throw Object.assign(new Error("ENOSPC: the system took no bytes"), { code: "ENOSPC" });
    done += bytesWritten;
  }
}
