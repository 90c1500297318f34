/** Disks of a megabyte, made of memory, that a test can fill to the last byte. Only an administrator may mount one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `options` as `mount` takes them, such as `size=1m`. @throws when the machine does not allow it */
export function mountDisk(folder: string, options: string): void {
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { stdio: "ignore" });
}

/** Says on the console that `what` is left out where no disk can be mounted. */
export function canMountDisks(what: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "folio-disk-"));
  try {
    mountDisk(folder, "size=1m");
    execFileSync("umount", [folder]);
    return true;
  } catch {
    console.warn(`${what} skipped: only an administrator may mount a small disk`);
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes every byte that is left; truncating the file that it answers frees them. */
export function fillDisk(folder: string): string {
  const path = join(folder, "filler");
  writeFileSync(path, "");
  for (const size of [65_536, 4_096, 512, 1]) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(size, 1), { flag: "a" });
    } catch {
      // Full for this size; a smaller one may still fit.
    }
  }
  return path;
}
