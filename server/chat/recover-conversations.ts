import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { Journal, JournalEntry } from "../platform/journal/journal.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { indexedFrom } from "./conversation-file.ts";
import { fromJournal } from "./journal-records.ts";
import type { Keeper } from "./keeper.ts";
import { openedFrom } from "./open-conversation.ts";
import { readIfThere } from "./read-if-there.ts";
import { recoverConversation } from "./recover-conversation.ts";

interface Recovery {
  readonly keeper: Keeper;
  readonly store: DocumentStore;
  readonly journal: Journal;
  readonly onError: (message: string, error: unknown) => void;
}

/** Folds into memory what the journal kept over a crash, before the first request; the files follow. */
export async function recoverConversations(recovery: Recovery, entries: readonly JournalEntry[]): Promise<void> {
  for (const [path, own] of Map.groupBy(entries, ({ key }) => key)) {
    // One conversation that cannot be recovered now keeps its entries and must not hold up the others.
    await recoverOne(recovery, path, own).catch((error: unknown) => recovery.onError(`not recovered: ${path}`, error));
  }
}

async function recoverOne(recovery: Recovery, path: string, entries: readonly JournalEntry[]): Promise<void> {
  const { keeper, store, journal } = recovery;
  const document = await readIfThere(store, path);
  const file = document === undefined ? undefined : parseConversation(document.bytes);
  // A file that is read-only for now keeps its entries until its conflict is resolved and Folio starts again.
  if (file?.readOnly !== undefined) return;
  const records = entries.flatMap(({ record }) => fromJournal(record));
  const recovered = recoverConversation(file, records);
  if (recovered === undefined || recovered.edits.length === 0) {
    for (const { number } of entries.slice(-1)) journal.release(path, number);
    return;
  }
  const stamp = document && { revision: document.revision, size: document.bytes.length, modified: document.modified };
  const indexed = indexedFrom({ path, modified: document?.modified ?? Date.now() }, recovered.conversation);
  const open = openedFrom(indexed.id, path, recovered.conversation, stamp);
  open.pending = recovered.edits;
  keeper.cache.add(open);
  keeper.announcer.changed(open);
  keeper.writeBack.request(open);
}
