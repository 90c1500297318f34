/** From a JSON file in the inbox to log entries. */
import { decodeStrictly, encodeText } from "../../../shared/chat-format/bytes.ts";
import { readTaskLog } from "../../../shared/codex-format/task-log/read-task-log.ts";
import type { ShownTaskLogEntry } from "../../../shared/codex-format/task-log/task-log.ts";
import { validateNewEntry } from "../../../shared/codex-format/task-log/validate-new-entry.ts";
import { ulidFromDigest } from "../../platform/ulid.ts";
import { digest } from "../task-log/digest.ts";
import type { NewLogEntry } from "../task-log-port.ts";

export type InboxEntries =
  | { readonly outcome: "entries"; readonly entries: readonly NewLogEntry[] }
  /** `isHalf`: it may become JSON when its writer goes on. */
  | { readonly outcome: "refused"; readonly reason: string; readonly isHalf: boolean };

const MOST_ENTRIES = 1_000;

/**
 * One entry or an array of them; all of them, or a reason why none. Id, date and time are given when it is appended.
 * The run id is made of the file's name and bytes, so that a file that is taken twice is appended once: one that stands
 * in the file may have been copied from another entry.
 */
export function readInboxEntries(name: string, bytes: Uint8Array, now: Date): InboxEntries {
  const text = decodeStrictly(bytes)?.replace(/^\ufeff/, "");
  const value = text === undefined ? undefined : parse(text);
  if (text === undefined || value === undefined) return refused("It is not JSON in UTF-8.", "half");
  const isList = Array.isArray(value);
  if (!isList && (typeof value !== "object" || value === null)) return refused("It holds no entry.");
  // Read as a log is, so that what other programs call an agent or a summary is known here too.
  const { items } = readTaskLog(encodeText(isList ? text : `[${text}]`), "inbox.json");
  if (items.length === 0) return refused("It holds no entry.");
  if (items.length > MOST_ENTRIES) return refused(`It holds more than ${MOST_ENTRIES} entries.`);
  const entries: NewLogEntry[] = [];
  for (const [index, item] of items.entries()) {
    const where = items.length === 1 ? "" : `Entry ${index + 1}: `;
    if (item.kind === "invalid") return refused(`${where}It is no object.`);
    const entry = toEntry(item.shown, { runId: runIdOf(name, bytes, index), at: now.toISOString() });
    if (entry === undefined) return refused(`${where}An entry has at least "agent" and "summary".`);
    const [problem] = validateNewEntry(entry);
    if (problem !== undefined) return refused(`${where}${problem.reason}`);
    entries.push(entry);
  }
  return { outcome: "entries", entries };
}

function toEntry(
  { agent, summary, outputFiles, status, proposal, feedback, supersedes, chainedFrom }: ShownTaskLogEntry,
  given: { readonly runId: string; readonly at: string },
): NewLogEntry | undefined {
  if (agent === undefined || summary === undefined) return undefined;
  return {
    ...{ agent, summary, outputFiles, ...given },
    ...(status === "failed" || status === "refused" ? { status } : {}),
    ...(proposal !== undefined && { proposal }),
    ...(feedback !== undefined && { feedback }),
    ...(supersedes !== undefined && { supersedes }),
    ...(chainedFrom !== undefined && { chainedFrom }),
  };
}

function runIdOf(name: string, bytes: Uint8Array, index: number): string {
  return ulidFromDigest(digest(Buffer.concat([Buffer.from(`inbox\0${name}\0${index}\0`), bytes])));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refused(reason: string, half?: "half"): InboxEntries {
  return { outcome: "refused", reason, isHalf: half !== undefined };
}
