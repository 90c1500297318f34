import type { Conversation } from "../../shared/chat-format/conversation.ts";
import { newConversation } from "../../shared/chat-format/new-conversation.ts";
import type { JournalEntry } from "../platform/journal/journal.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { readIfRegular } from "../platform/store/read-if-there.ts";
import { conversationSuffix, conversationsFolder, indexedFrom, parseFile } from "./conversation-file.ts";
import { type ChatRecord, conversationOf, fromJournal } from "./journal-records.ts";
import type { Keeper } from "./keeper.ts";
import { mergeOutsideChange } from "./merge-outside-change.ts";
import { type OpenConversation, openedFrom } from "./open-conversation.ts";
import { recoverConversation } from "./recover-conversation.ts";
import { loadSideTexts, writeSideTexts } from "./side-files.ts";

interface Recovery {
  readonly keeper: Keeper;
  readonly store: DocumentStore;
  readonly newId: () => string;
  readonly onError: (message: string, error: unknown) => void;
}

/**
 * Folds into memory what the journal kept over a crash, before the first request; the files follow. What cannot be
 * written now (a file with conflict markers) waits with its conversation; nothing is released unread.
 */
export async function recoverConversations(recovery: Recovery, entries: readonly JournalEntry[]): Promise<void> {
  const moves = movesOf(entries);
  for (const [path, own] of Map.groupBy(entries, ({ key, record }) => moves.get(conversationOf(record) ?? "") ?? key)) {
    // One conversation that cannot be recovered now keeps its entries and must not hold up the others.
    await recoverOne(recovery, path, own).catch((error: unknown) => {
      recovery.keeper.ledger.keep(path);
      recovery.onError(`not recovered: ${path}`, error);
    });
  }
}

/** Where files were last moved to while they were written, by their conversations' ids. */
function movesOf(entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
  const moves = new Map<string, string>();
  for (const { record } of entries) {
    const id = conversationOf(record);
    for (const moved of fromJournal(record)) if (moved.type === "moved" && id !== undefined) moves.set(id, moved.path);
  }
  return moves;
}

async function recoverOne(recovery: Recovery, path: string, entries: readonly JournalEntry[]): Promise<void> {
  const { keeper } = recovery;
  const all = entries.flatMap(({ record }) => fromJournal(record));
  const records = all.slice(all.findLastIndex(({ type }) => type === "deleted") + 1);
  const [id] = entries.flatMap(({ record }) => conversationOf(record) ?? []);
  if (!records.some(({ type }) => type !== "created" && type !== "moved")) return keeper.ledger.drop(entries);
  // One whose beginning is in the journal may never have had a file: only for the others is it worth looking everywhere.
  const isWhole = records.some(({ type }) => type === "created");
  const document = await fileOf(recovery, path, isWhole ? undefined : id);
  const file = document === undefined ? undefined : parseFile(document);
  const open = openFor(recovery, { path, document, file, records });
  if (open.conversation.readOnly === undefined) {
    const merged = mergeOutsideChange(
      open.conversation,
      recoverConversation(file, records),
      open.written,
      recovery.newId,
    );
    open.conversation = merged.conversation;
    open.pending = merged.edits;
  } else {
    open.recovered = records;
  }
  open.sideTexts = await loadSideTexts(recovery.store, open.path, open.conversation);
  if (open.path !== path) await bringSideTexts(recovery.store, path, open);
  // The journal knows it by the paths that it had; it is let go when what stands in it is in the file.
  const last = new Map(entries.map(({ key, number }) => [key, number]));
  last.delete(open.path);
  open.alsoInJournal = [...last].map(([key, number]) => ({ key, number }));
  keeper.cache.add(open);
  // The list may still have it at its old place, and with that its id.
  if (open.path === path) keeper.announcer.changed(open);
  else keeper.announcer.moved(open, path);
  keeper.writeBack.request(open);
}

/** What the journal says may name texts beside the path that the conversation had then. */
async function bringSideTexts(store: DocumentStore, from: string, open: OpenConversation): Promise<void> {
  await writeSideTexts(store, open.path, await loadSideTexts(store, from, open.conversation));
  open.sideTexts = await loadSideTexts(store, open.path, open.conversation);
}

interface Found {
  readonly path: string;
  readonly document: StoredDocument | undefined;
  readonly file: Conversation | undefined;
  readonly records: readonly ChatRecord[];
}

function openFor(recovery: Recovery, { path, document, file, records }: Found): OpenConversation {
  if (document !== undefined && file !== undefined) {
    const stamp = { revision: document.revision, size: document.bytes.length, modified: document.modified };
    const { id } = indexedFrom(document, file);
    return openedFrom(id, document.path, file, stamp);
  }
  const created = records.find((record) => record.type === "created");
  if (created !== undefined) return openedFrom(created.id, path, newConversation(created.front), undefined);
  // Its file is gone and nothing says how it began: what the journal has goes beside where it was.
  const id = recovery.newId();
  const conversation = newConversation({ format: "chat.md/1", id, title: "Recovered after a crash" });
  return openedFrom(id, path.replace(/\.chat\.md$/, ` (recovered ${id.slice(0, 6)}).chat.md`), conversation, undefined);
}

/** The file at its path, else the one that has the conversation's id now: it may have been renamed while Folio was away. */
async function fileOf({ store }: Recovery, path: string, id: string | undefined): Promise<StoredDocument | undefined> {
  const document = await readIfRegular(store, path);
  if (document !== undefined || id === undefined) return document;
  for await (const batch of store.list(conversationsFolder, conversationSuffix)) {
    for (const listed of batch) {
      const other = await readIfRegular(store, listed.path);
      if (other !== undefined && parseFile(other).front.get("id") === id) return other;
    }
  }
  return undefined;
}
