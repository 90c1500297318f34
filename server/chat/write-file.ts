import { parseConversation, writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { Journal } from "../platform/journal/journal.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { mergeOutsideChange } from "./merge-outside-change.ts";
import { checkpointAnswers, noteWritten, type OpenConversation } from "./open-conversation.ts";

const mergesTried = 5;

export interface FileWriter {
  readonly store: DocumentStore;
  readonly journal: Journal;
  readonly newId: () => string;
}

export type Written =
  | { readonly outcome: "unchanged" }
  /** `isMerged`: somebody else had changed the file meanwhile. */
  | { readonly outcome: "written"; readonly isMerged: boolean }
  /** The file can only be read now: what we held lies beside it. */
  | { readonly outcome: "copied" };

/**
 * Puts what is pending of a conversation into its file, over whatever somebody else wrote meanwhile, and releases it
 * from the journal.
 * @throws StoreFailure
 */
export async function writeFile(writer: FileWriter, open: OpenConversation): Promise<Written> {
  const { store, journal, newId } = writer;
  checkpointAnswers(open);
  if (open.pending.length === 0) return { outcome: "unchanged" };
  for (let attempt = 0; attempt < mergesTried; attempt += 1) {
    const taken = open.pending.length;
    const number = Math.min(journal.next(), ...open.inFlight) - 1;
    const bytes = writeConversation(open.conversation);
    noteWritten(open);
    const result = await store.write(open.path, bytes, open.revision);
    if (result.outcome === "written") {
      Object.assign(open, { revision: result.revision, modified: result.modified, size: bytes.length });
      open.pending = open.pending.slice(taken);
      journal.release(open.path, number);
      return { outcome: "written", isMerged: attempt > 0 };
    }
    if (mergeInto(open, result.current, newId)) continue;
    await store.write(copyOf(open.path, newId()), bytes, undefined);
    open.pending = open.pending.slice(taken);
    journal.release(open.path, number);
    return { outcome: "copied" };
  }
  throw new Error(`${open.path} changes faster than it can be written`);
}

/**
 * Takes the file as it is now and puts on it what it lacks; a file that is gone is made again from memory.
 * Answers false when the file is read-only for us: then `open` shows it as it is, and nothing was put on it.
 */
export function mergeInto(open: OpenConversation, current: StoredDocument | undefined, newId: () => string): boolean {
  open.revision = current?.revision;
  if (current === undefined) return true;
  // An answer that grows counts as pending, so that what somebody wrote into it in the file is seen and kept.
  checkpointAnswers(open);
  Object.assign(open, { modified: current.modified, size: current.bytes.length });
  const file = parseConversation(current.bytes);
  if (file.readOnly !== undefined) {
    open.conversation = file;
    return false;
  }
  const merged = mergeOutsideChange(file, open.pending, open.written, newId);
  open.conversation = merged.conversation;
  open.pending = merged.edits;
  return true;
}

function copyOf(path: string, word: string): string {
  return path.replace(/\.chat\.md$/, ` (conflict ${word}).chat.md`);
}
