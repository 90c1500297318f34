/** Which files are documents, what they are, and whose they are (docs/studio-files.md, rules 4, 5 and 9). */
import { classifyCodexPath } from "../../shared/codex-format/documents/codex-path.ts";
import type { DocumentKind } from "../../shared/documents.ts";

export const documentsFolder = ".codex";

/** What is followed with all below it. */
export const watchedFolders: readonly string[] = [documentsFolder, "codex-inbox"];

/** Suffixes of files that are read at all; the rest of the folder is named and left alone. */
export const documentSuffixes: readonly string[] = [".md", ".json", ".jsonl", ".toml"];

/** Offered while they are not there. */
export const standardDocuments: readonly string[] = [
  ".codex/AGENTS.md",
  ".codex/PRD.md",
  ".codex/ARCHITECTURE.md",
  ".codex/PROPOSED-TASKS.md",
  ".codex/TASK-LOG.json",
];

/** Logins and conversations of Codex CLI: never read, never served. */
export function isSecret(path: string): boolean {
  return classifyCodexPath(path) === "secret";
}

/** Undefined for a path that is no document: a secret, another suffix, or a file elsewhere in the workspace. */
export function documentKind(path: string): DocumentKind | undefined {
  const kind = classifyCodexPath(path);
  if (kind === undefined || kind === "secret") return undefined;
  return documentSuffixes.some((suffix) => path.endsWith(suffix)) ? kind : undefined;
}

export function isRootName(name: string): boolean {
  return !name.includes("/") && documentKind(name) !== undefined;
}

/** Text that may be replaced, by a person or by an agent that declares it. The task log only grows. */
export function isEditable(path: string): boolean {
  const kind = documentKind(path);
  return kind !== undefined && kind !== "foreign" && kind !== "task-log" && path.endsWith(".md");
}

/** The file's name without its last suffix. */
export function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}
