import { foldName } from "../documents/known-names.ts";

/** A path as a model writes it, as Folio writes it: no `./`, no back-slashes; a bare name means `.codex/<name>`. */
export function normalTarget(path: string): string {
  const plain = path
    .trim()
    .replace(/^[`"'<]+|[`"'>]+$/g, "")
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/, "");
  return plain.includes("/") || plain === "" ? plain : `.codex/${plain}`;
}

export function isCodexFile(path: string): boolean {
  return path.startsWith(".codex/");
}

/** Whether two paths name one file: as written, or with case ignored and `-` and `_` equal. */
export function isSameFile(one: string, other: string): boolean {
  return foldName(normalTarget(one)) === foldName(normalTarget(other));
}
