import { parse } from "smol-toml";
import { type DocumentStore, StoreFailure } from "../platform/store/document-store.ts";
import { readText } from "./document-text.ts";

export interface CodexAgent {
  readonly path: string;
  readonly name: string;
  readonly description: string;
}

const mostAgents = 100;
const mostCharacters = 64 * 1024;

/** Codex CLI's own sub-agents. Name and description only: what else such a file says is between it and its program. */
export async function readCodexAgents(store: DocumentStore, paths: readonly string[]): Promise<readonly CodexAgent[]> {
  const files = paths.filter((path) => /^\.codex\/agents\/[^/]+\.toml$/i.test(path)).slice(0, mostAgents);
  return Promise.all(files.map((path) => readCodexAgent(store, path)));
}

async function readCodexAgent(store: DocumentStore, path: string): Promise<CodexAgent> {
  const fallback = path.slice(path.lastIndexOf("/") + 1, -".toml".length);
  const unread = (reason: string): CodexAgent => ({ path, name: fallback, description: reason });
  try {
    const { bytes } = await store.read(path);
    if (bytes.length > mostCharacters) return unread("The file is larger than 64 kB and was not read.");
    const found = parse(readText(bytes).text);
    return {
      path,
      name: textOf(found["name"]) ?? fallback,
      description: textOf(found["description"]) ?? "",
    };
  } catch (error) {
    if (error instanceof StoreFailure) return unread(error.message);
    const [reason = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return unread(`The file is no TOML that Folio reads: ${reason}`);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 2_000) : undefined;
}
