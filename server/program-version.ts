import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version in the program's own package.json. */
export function programVersion(programFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(programFolder, "package.json"), "utf8"));
  const isManifest = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isManifest ? String(manifest.version) : "unknown";
}
