import { compareSides } from "../../shared/chat-format/compare-sides.ts";
import { conflictMarksAsText } from "../../shared/chat-format/conflict-marks-as-text.ts";
import type { Conversation } from "../../shared/chat-format/conversation.ts";
import { mergeConversations } from "../../shared/chat-format/merge-conversations.ts";
import { parseConversation, writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { ConflictResolved, ConflictView, ResolveConflict, UndoResolve } from "../../shared/conflicts.ts";
import { Problem } from "../platform/problem.ts";
import type { DocumentStore, StoredDocument } from "../platform/store/document-store.ts";
import { readIfRegular } from "../platform/store/read-if-there.ts";
import { type ConversationSides, findSides } from "./conflict-sides.ts";
import { notFound } from "./conversation-cache.ts";
import { conversationSuffix, indexedFrom } from "./conversation-file.ts";
import type { TrashDependencies } from "./delete-conversation.ts";
import { countWaiting } from "./open-conversation.ts";
import { mergeInto } from "./write-file.ts";

const shownOfBoth = 20;
const shownCharacters = 300;
const shownMarks = 20;

/** What the sides of a marked file hold, as the file is now. @throws Problem 404 `not-found`, StoreFailure */
export async function viewConflict(chat: TrashDependencies, id: string): Promise<ConflictView> {
  const open = await chat.keeper.cache.get(id);
  const document = await readIfRegular(chat.store, open.path);
  if (document === undefined) throw notFound();
  const found = findSides(document.bytes);
  if (found.outcome === "none") return found;
  const canBeText = conflictMarksAsText(parseConversation(document.bytes)) !== undefined;
  if (found.outcome === "unclear") {
    const { outcome, line, marks } = found;
    return { outcome, base: document.revision, canBeText, line, marks: marks.slice(0, shownMarks) };
  }
  const { base, ours, theirs, names } = found.sides;
  const compared = compareSides(base, ours, theirs);
  const title = (side: Conversation): string => indexedFrom(document, side).title;
  return {
    outcome: "split",
    base: document.revision,
    canBeText,
    ours: { name: names.ours, messages: compared.onlyOurs, title: title(ours) },
    theirs: { name: names.theirs, messages: compared.onlyTheirs, title: title(theirs) },
    changedOnBoth: compared.changedOnBoth.slice(0, shownOfBoth).map((messageId) => ({
      id: messageId,
      ours: beginningOf(ours, messageId),
      theirs: beginningOf(theirs, messageId),
    })),
    changedOnBothCount: compared.changedOnBoth.length,
  };
}

/**
 * Writes one side of a marked file, both united, or all of it with the marks as text in its place, with whatever waited for that; the marked file is kept
 * in the trash first.
 * @throws Problem 404 `not-found`, 409 `stale` when it is another file by now, 409 `read-only` when its markers cannot be
 * told apart; StoreFailure
 */
export async function resolveConflict(
  chat: TrashDependencies,
  id: string,
  { keep, base }: ResolveConflict,
): Promise<ConflictResolved> {
  const { keeper, store, trash, newId } = chat;
  const open = await keeper.cache.get(id);
  const { path } = open;
  return keeper.writeBack.alone(path, async () => {
    const document = await readIfRegular(store, path);
    if (document?.revision !== base || open.path !== path) throw stale();
    const bytes = resolved(document, keep);
    const kept = newId();
    await trash.write(`${kept}/${path}`, document.bytes, undefined);
    const written = await store.write(path, bytes, base);
    if (written.outcome === "stale") throw stale();
    const { revision, modified } = written;
    await mergeInto({ store, newId }, open, { path, bytes, revision, modified });
    keeper.announcer.changed(open);
    keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "merged" });
    if (open.pending.length > 0) keeper.writeBack.request(open);
    return { kept, revision };
  });
}

/**
 * Puts the marked file back from the trash, as long as the file is what the resolving wrote.
 * @throws Problem 404 `not-found` when it is not in the trash, 409 `stale` when the file was changed since; StoreFailure
 */
export async function undoResolve(chat: TrashDependencies, id: string, { kept, base }: UndoResolve): Promise<void> {
  const { keeper, store, trash, newId } = chat;
  const open = await keeper.cache.get(id);
  const { path } = open;
  await keeper.writeBack.alone(path, async () => {
    const marked = await keptIn(trash, kept);
    if (marked === undefined) throw new Problem("not-found", 404, "It is not in the trash any more.");
    const document = await readIfRegular(store, path);
    const isAsWritten = document?.revision === base && open.path === path && countWaiting(open) === 0;
    const written = isAsWritten ? await store.write(path, marked.bytes, base) : undefined;
    if (written?.outcome !== "written") throw changedSince();
    const { revision, modified } = written;
    await mergeInto({ store, newId }, open, { path, bytes: marked.bytes, revision, modified });
    keeper.announcer.changed(open);
    keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "merged" });
    await trash.remove(marked.path, marked.revision);
  });
}

/** The file may have been renamed since: its copy has the name that it had. */
async function keptIn(trash: DocumentStore, kept: string): Promise<StoredDocument | undefined> {
  for await (const [found] of trash.list(kept, conversationSuffix)) {
    if (found !== undefined) return trash.read(found.path);
  }
  return undefined;
}

function changedSince(): Problem {
  return new Problem("stale", 409, "The file was changed since. Nothing was put back.", {
    detail: "The file with the marks stays in the trash.",
  });
}

function resolved(document: StoredDocument, keep: ResolveConflict["keep"]): Uint8Array {
  const found = findSides(document.bytes);
  if (found.outcome === "none") throw stale();
  if (keep === "text") {
    const bytes = conflictMarksAsText(parseConversation(document.bytes));
    if (bytes !== undefined) return bytes;
    throw unsettled("Marks of a merge stand outside of its messages.", "Settle them in an editor");
  }
  if (found.outcome === "split") return bytesOf(found.sides, keep);
  throw unsettled("The conflict markers of this file cannot be told apart.", `Look at it from line ${found.line} on`);
}

function unsettled(what: string, act: string): Problem {
  return new Problem("read-only", 409, `${what} Nothing was changed.`, { detail: `${act}; the page follows at once.` });
}

function bytesOf({ base, ours, theirs }: ConversationSides, keep: "both" | "ours" | "theirs"): Uint8Array {
  if (keep === "both") return mergeConversations(base, ours, theirs);
  return writeConversation(keep === "ours" ? ours : theirs);
}

function stale(): Problem {
  return new Problem("stale", 409, "The file was changed meanwhile. Nothing was written.", {
    detail: "The page shows it as it is now.",
  });
}

function beginningOf({ messages, source }: Conversation, id: string): string {
  const message = messages[source.indexById.get(id) ?? -1];
  const texts = [message?.text ?? "", ...(message?.parts ?? []).map((part) => part.text)];
  const text = texts.find((each) => each.trim() !== "") ?? "";
  return text.trim().slice(0, shownCharacters);
}
