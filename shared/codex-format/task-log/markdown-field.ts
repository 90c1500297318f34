import type { MarkdownLine } from "./markdown-lines.ts";

export type MarkdownField = { readonly key: string; readonly value: string };

const FIELD = /^\*\*([^*:]{1,40})(?::\*\*|\*\*:)\s*(.*)$/;

/** A line `**Agent:** value`, its name as the key of a JSON entry; undefined when the name is none of a log. */
export function readMarkdownField({ kind, text }: MarkdownLine): MarkdownField | undefined {
  if (kind !== "text" && kind !== "bullet") return undefined;
  const [, name = "", value = ""] = FIELD.exec(text) ?? [];
  const key = name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  return KEYS.includes(key) ? { key, value: value.trim() } : undefined;
}

const KEYS: readonly string[] = [
  ...["task_id", "agent", "date", "summary", "output_files", "at", "run_id", "status"],
  ...["proposal", "feedback", "supersedes", "chained_from"],
];

/** Up to the next comma; a comma inside back-ticks or quotes belongs to the path. */
const PATH = /\s*(?:`[^`]*`|"[^"]*")\s*(?=,|$)|[^,]+/g;

/** The paths of `[a, "b", c]`, each with or without back-ticks or quotes; the brackets may be missing. */
export function readMarkdownPaths(value: string): string[] {
  const isBracketed = value.startsWith("[") && value.endsWith("]");
  const list = isBracketed ? value.slice(1, -1) : value;
  return [...list.matchAll(PATH)].map(([path]) => unquote(path)).filter((path) => path !== "");
}

/** Without the back-ticks or quotes around. */
export function unquote(text: string): string {
  const trimmed = text.trim();
  const [first, last] = [trimmed[0], trimmed.at(-1)];
  const isQuoted = trimmed.length > 1 && first === last && (first === "`" || first === '"' || first === "'");
  return isQuoted ? trimmed.slice(1, -1) : trimmed;
}
