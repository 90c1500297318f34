import { foldName, matchKnownName } from "./known-names.ts";

export type CodexPathKind =
  | "roster"
  | "task-log"
  | "proposals"
  | "prd"
  | "architecture"
  | "document"
  | "prompt"
  | "template"
  | "task"
  /** Another program's: shown at most, never written. */
  | "foreign"
  /** Never read and never served. */
  | "secret";

const SECRET_NAMES = ["auth", "history"];
const SECRET_FOLDERS = ["sessions", "archived-sessions"];
const FOREIGN_FOLDERS = ["agents", "rules", "skills", "plugins", "commands", "environments", "log", "logs"];

/**
 * What a path (relative to the workspace, with `/`) is to an agent project. Undefined: it is no part of it. What could
 * be a secret under any file system's rules of names (case, back-slashes, dots and blanks at the end, `..`) is one.
 */
export function classifyCodexPath(path: string): CodexPathKind | undefined {
  const segments = resolveSegments(path);
  const folder = segments.findIndex((segment) => foldSegment(segment) === ".codex");
  const inside = folder === -1 ? [] : segments.slice(folder + 1);
  if (inside.length > 0 && isSecret(inside.map(foldSegment))) return "secret";
  if (segments.length === 1) return kindOfRootFile(segments[0] ?? "");
  if (!path.startsWith(".codex/") || folder !== 0 || inside.length === 0) return undefined;
  if (isForeign(inside.map(foldSegment))) return "foreign";
  return kindOfFile(inside);
}

function isSecret([first = "", ...rest]: readonly string[]): boolean {
  if (SECRET_FOLDERS.includes(first)) return true;
  if (rest.length > 0) return false;
  return SECRET_NAMES.some((name) => first === name || first.startsWith(`${name}.`) || first.startsWith(`${name}~`));
}

function isForeign(folded: readonly string[]): boolean {
  const [first = ""] = folded;
  if (FOREIGN_FOLDERS.includes(first) || first.startsWith("hooks")) return true;
  return folded.some((segment) => segment.startsWith(".")) || first.endsWith(".toml");
}

function kindOfFile(inside: readonly string[]): CodexPathKind {
  const name = inside.at(-1) ?? "";
  if (!/\.(?:md|json|jsonl)$/i.test(name)) return "foreign";
  const [first = ""] = inside;
  if (inside.length === 1) return kindByName(first) ?? "foreign";
  if (!/\.md$/i.test(name)) return "foreign";
  switch (foldSegment(first)) {
    case "prompts":
      return "prompt";
    case "templates":
      return "template";
    case "tasks":
      return "task";
    default:
      return "document";
  }
}

function kindByName(name: string): CodexPathKind | undefined {
  return matchKnownName(name)?.file ?? (/\.md$/i.test(name) ? "document" : undefined);
}

/** At the root only the log, the roster and the board are tried. */
function kindOfRootFile(name: string): CodexPathKind | undefined {
  const found = matchKnownName(name);
  const isTried = found !== undefined && ["task-log", "roster", "proposals"].includes(found.file);
  return isTried && found.name !== "ROSTER.md" ? found.file : undefined;
}

/** Back-slashes part names on Windows; `.` and `..` are followed as far as they go. */
function resolveSegments(path: string): readonly string[] {
  const segments: string[] = [];
  for (const segment of path.split(/[/\\]/)) {
    const plain = segment.replace(/[. ]+$/, "");
    if (/^\.\.[. ]*$/.test(segment)) segments.pop();
    else if (plain !== "" || (segment !== "" && !/^[. ]+$/.test(segment))) segments.push(segment);
  }
  return segments;
}

/** How a file system that is careless about names sees a segment. */
function foldSegment(segment: string): string {
  const known = segment.split(":")[0] ?? "";
  return foldName(
    known
      .normalize("NFKC")
      .replace(/[\p{Cf}\p{Cc}\p{Mn}]/gu, "")
      .toLowerCase()
      .replace(/[. ]+$/, ""),
  );
}
