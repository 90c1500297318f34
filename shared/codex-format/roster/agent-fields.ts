/** What the fields of an agent mean. */
import { findField } from "../records/edit-records.ts";
import type { RecordField } from "../records/record.ts";

export const AGENT_FIELDS = ["Role", "Goal", "Backstory", "Writes", "Reads", "Next", "Model"] as const;

/** What a record says of its agent. */
export interface AgentFacts {
  readonly role?: string;
  readonly goal?: string;
  readonly backstory?: string;
  /** The one file that it may write, such as `.codex/PRD.md`; `isInferred`: read out of Goal. */
  readonly writes?: { readonly path: string; readonly isInferred: boolean };
  readonly reads: readonly string[];
  /** Key of the agent that goes on. */
  readonly next?: string;
  readonly model?: string;
}

const FOLDER = ".codex/";
const LOG = "TASK-LOG.json";

/** What is absent or empty is left out. */
export function agentFacts(fields: readonly RecordField[]): AgentFacts {
  const valueOf = (name: string) => findField(fields, name)?.value || undefined;
  const writes = writesOf(fields);
  const next = plainWord(valueOf("Next"));
  const model = plainWord(valueOf("Model"));
  const named = { role: valueOf("Role"), goal: valueOf("Goal"), backstory: valueOf("Backstory"), writes };
  const known = Object.entries({ ...named, next, model }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), reads: listOf(valueOf("Reads")) };
}

/** Whether Writes is there and is not one path below `.codex/`. */
export function hasWrongWrites(fields: readonly RecordField[]): boolean {
  return findField(fields, "Writes") !== undefined && writesOf(fields) === undefined;
}

/** Writes counts; without that field, the first `*.md` or log that Goal names in back-ticks. */
function writesOf(fields: readonly RecordField[]): AgentFacts["writes"] {
  const writes = findField(fields, "Writes");
  if (writes === undefined) return inferredWrites(findField(fields, "Goal")?.value ?? "");
  const names = listOf(writes.value);
  const path = names.length === 1 ? codexPath(names[0] ?? "") : undefined;
  return path === undefined ? undefined : { path, isInferred: false };
}

function inferredWrites(goal: string): AgentFacts["writes"] {
  const name = tickedTokens(goal).find((token) => token.endsWith(".md") || isLog(token));
  const path = codexPath(name ?? "");
  return path === undefined ? undefined : { path, isInferred: true };
}

function isLog(token: string): boolean {
  return token === LOG || token.endsWith(`/${LOG}`);
}

/** A bare name lies in `.codex/`; a path of any other folder is none that an agent may write. */
function codexPath(name: string): string | undefined {
  const path = name.includes("/") ? name.replace(/^\.\//, "") : `${FOLDER}${name}`;
  if (!path.startsWith(FOLDER) || /[\\\p{Cc}]/u.test(path)) return undefined;
  const parts = path.split("/");
  return parts.some((part) => part === "" || part === "." || part === "..") ? undefined : path;
}

/** The texts in back-ticks; without any, what stands between commas. */
function listOf(value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  const tokens = tickedTokens(value);
  if (tokens.length > 0) return tokens;
  return value
    .split(/,|(?:^| )[-*+] /)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function tickedTokens(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? "").trim()).filter((token) => token !== "");
}

/** The text in back-ticks, or the whole. */
export function plainWord(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return tickedTokens(value)[0] ?? value.replaceAll("`", "").trim();
}
