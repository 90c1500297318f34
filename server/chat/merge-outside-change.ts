import type { PartView } from "../../shared/chat.ts";
import type { Conversation, ConversationEdit, Message, NewMessage } from "../../shared/chat-format/conversation.ts";
import { editConversation } from "../../shared/chat-format/edit-conversation.ts";
import { partsOf } from "./answer-parts.ts";
import { fingerprint } from "./fingerprint.ts";
import { type SideTexts, wholeParts } from "./side-text.ts";

export interface Merged {
  readonly conversation: Conversation;
  readonly edits: readonly ConversationEdit[];
  /** Of the file's messages that the edits write over: what they said there. The next difference counts from it. */
  readonly seen: ReadonlyMap<string, string>;
}

/**
 * Puts edits that are not in the file yet onto a file that somebody else changed meanwhile (P8, P9). Messages are only
 * ever added, so both sides stay. An answer that was edited in the file while it grew stays too, as a version of its own.
 */
export function mergeOutsideChange(
  file: Conversation,
  pending: readonly ConversationEdit[],
  written: ReadonlyMap<string, string>,
  newId: () => string,
  sideTexts: SideTexts = new Map(),
): Merged {
  const present = new Map(file.messages.map((message) => [message.id, message]));
  const seen = new Map<string, string>();
  const edits: ConversationEdit[] = [];
  for (const edit of latestOnly(pending)) {
    if (edit.type === "add-message") {
      // Already there: the write had reached the disk although its answer was lost.
      if (!present.has(edit.message.id)) edits.push(edit);
      continue;
    }
    if (edit.type !== "replace-message") {
      edits.push(edit);
      continue;
    }
    const theirs = present.get(edit.id);
    if (theirs === undefined) {
      const isAddedHere = edits.some((other) => other.type === "add-message" && other.message.id === edit.id);
      edits.push(isAddedHere ? edit : { type: "add-message", message: edit.message });
      continue;
    }
    const known = written.get(edit.id);
    const found = partsOf(theirs);
    const print = fingerprint(found);
    // An editor may have had the file open since an earlier state of ours: that is nobody's wording but ours.
    const isTouched =
      known !== undefined && print !== known && !isEarlierState(found, wholeParts(edit.message, sideTexts));
    if (isTouched) keepAsVersion(edits, { theirs, ours: edit.message }, newId);
    seen.set(edit.id, print);
    edits.push(edit);
  }
  return { conversation: editConversation(file, edits), edits, seen };
}

/** Parts of an answer only ever grow: whether `ours` can have been `found` before. */
function isEarlierState(found: readonly PartView[], ours: readonly PartView[]): boolean {
  return found.every((part, index) => {
    const now = ours[index];
    if (now?.type !== part.type) return false;
    return index < found.length - 1 ? now.text === part.text : now.text.startsWith(part.text);
  });
}

/** Somebody who goes on editing before that was written has one version, with what they said last. */
function keepAsVersion(
  edits: ConversationEdit[],
  { theirs, ours }: { readonly theirs: Message; readonly ours: NewMessage },
  newId: () => string,
): void {
  const { parent, role, label, text, attributes } = theirs;
  // Ours keeps the parts' ids: it is ours that grew here and that pages show.
  const taken = new Set(ours.parts.map((part) => part.id));
  const parts = theirs.parts.map((part) => (taken.has(part.id) ? { ...part, id: newId() } : part));
  const { status: _, ...rest } = attributes;
  const waiting = edits.findIndex(
    (edit) => edit.type === "add-message" && edit.message.attributes["replaces"] === theirs.id,
  );
  const before = edits[waiting];
  const id = before?.type === "add-message" ? before.message.id : newId();
  const message = { id, parent, role, label, text, parts, attributes: { ...rest, replaces: theirs.id } };
  edits.splice(waiting === -1 ? edits.length : waiting, waiting === -1 ? 0 : 1, { type: "add-message", message });
}

/** Of several edits of one message or one key only the last counts; keeps the growth of long answers out of memory. */
export function latestOnly(edits: readonly ConversationEdit[]): ConversationEdit[] {
  const seen = new Set<string>();
  const latest: ConversationEdit[] = [];
  for (const edit of [...edits].reverse()) {
    const name = nameOf(edit);
    if (name !== undefined) {
      if (seen.has(name)) continue;
      seen.add(name);
    }
    latest.push(edit);
  }
  return latest.reverse();
}

function nameOf(edit: ConversationEdit): string | undefined {
  if (edit.type === "replace-message") return `message ${edit.id}`;
  return edit.type === "set-front" ? `front ${edit.key}` : undefined;
}
