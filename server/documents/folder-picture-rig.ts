import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";

/** What lies below a folder: names, kinds, modes, times and contents, as one text to compare. */
export async function pictureOf(folder: string, below = ""): Promise<string> {
  const lines: string[] = [];
  for (const name of (await readdir(join(folder, below))).sort()) {
    const path = join(below, name);
    // A name that is no UTF-8 cannot be asked for by its text; that it is there counts.
    const found = await lstat(join(folder, path), { bigint: true }).catch(() => undefined);
    if (found === undefined) {
      lines.push(path);
      continue;
    }
    const facts = `${path} ${found.mode} ${found.mtimeNs} ${found.size}`;
    if (found.isDirectory()) lines.push(`${path}/ ${found.mode}`, await pictureOf(folder, path));
    else if (found.isSymbolicLink()) lines.push(`${path} -> ${await readlink(join(folder, path))}`);
    else if (found.isFile()) {
      const bytes = found.size > 100_000_000n ? "large" : await readFile(join(folder, path)).catch(() => "closed");
      lines.push(`${facts} ${createHash("sha256").update(bytes).digest("hex")}`);
    } else lines.push(facts);
  }
  return lines.join("\n");
}
