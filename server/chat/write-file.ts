import { writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { parseFile } from "./conversation-file.ts";
import type { JournalLedger } from "./journal-ledger.ts";
import { mergeOutsideChange } from "./merge-outside-change.ts";
import type { Moves } from "./moves.ts";
import { changingTexts, checkpointAnswers, endedAgain, type OpenConversation } from "./open-conversation.ts";
import { readSettled } from "./read-settled.ts";
import { recoverConversation } from "./recover-conversation.ts";
import { loadSideTexts, writeSideTexts } from "./side-files.ts";

const mergesTried = 5;

export interface FileWriter {
  readonly moves: Moves;
  readonly store: DocumentStore;
  readonly ledger: JournalLedger;
  readonly newId: () => string;
}

export type Written =
  /** Nothing waits, or the file can only be read now: then it goes on waiting. */
  | { readonly outcome: "unchanged" }
  /** Somebody moved the file: nothing was written, and it is to be written there. */
  | { readonly outcome: "moved"; readonly path: string }
  /** `isMerged`: somebody else had changed the file meanwhile. */
  | { readonly outcome: "written"; readonly isMerged: boolean };

/**
 * Puts what is pending of a conversation into its file, over whatever somebody else wrote meanwhile, and releases it
 * from the journal.
 * @throws StoreFailure
 */
export async function writeFile(writer: FileWriter, open: OpenConversation): Promise<Written> {
  const { store, ledger } = writer;
  checkpointAnswers(open);
  if (open.pending.length === 0) return { outcome: "unchanged" };
  for (let attempt = 0; attempt < mergesTried; attempt += 1) {
    if (open.conversation.readOnly !== undefined) return { outcome: "unchanged" };
    const taken = open.pending.length;
    const number = ledger.upTo(open);
    const bytes = writeConversation(open.conversation);
    const texts = changingTexts(open);
    const result = await store.write(open.path, bytes, open.revision);
    if (result.outcome === "written") {
      Object.assign(open, { revision: result.revision, modified: result.modified, size: bytes.length });
      for (const [messageId, text] of texts) open.written.set(messageId, text);
      open.pending = open.pending.slice(taken);
      ledger.release(open, number);
      return { outcome: "written", isMerged: attempt > 0 };
    }
    if (result.current === undefined && open.revision !== undefined) {
      const path = await writer.moves.find(open);
      if (path !== undefined) {
        await writeSideTexts(store, path, open.sideTexts);
        return { outcome: "moved", path };
      }
    }
    await mergeInto(writer, open, result.current);
  }
  throw new Error(`${open.path} changes faster than it can be written`);
}

/**
 * Takes the file as it is now and puts on it what it lacks; a file that is gone is made again from memory. One that can
 * only be read is shown as it is, and what waits goes on waiting.
 */
export async function mergeInto(
  { store, newId }: Pick<FileWriter, "store" | "newId">,
  open: OpenConversation,
  found: StoredDocument | undefined,
): Promise<void> {
  // An answer that grows counts as pending, so that what somebody wrote into it in the file is seen and kept.
  checkpointAnswers(open);
  const current = found === undefined ? undefined : await readSettled(store, open, found);
  const file = current === undefined ? undefined : parseFile(current);
  if (file === undefined) await writeSideTexts(store, open.path, open.sideTexts);
  const texts = file === undefined ? new Map() : await loadSideTexts(store, open.path, file);
  checkpointAnswers(open);
  open.revision = current?.revision;
  if (current === undefined || file === undefined) return;
  open.sideTexts = new Map([...open.sideTexts, ...texts]);
  Object.assign(open, { modified: current.modified, size: current.bytes.length });
  if (file.readOnly !== undefined) {
    open.conversation = file;
    return;
  }
  const wasReadOnly = open.conversation.readOnly !== undefined;
  const recovered = open.recovered.length === 0 ? [] : recoverConversation(file, open.recovered);
  open.recovered = [];
  const ours = [...recovered, ...open.pending, ...(wasReadOnly ? [] : endedAgain(open, file))];
  const merged = mergeOutsideChange(file, ours, open.written, newId, open.sideTexts);
  for (const [id, print] of merged.seen) open.written.set(id, print);
  open.conversation = merged.conversation;
  open.pending = merged.edits;
}
