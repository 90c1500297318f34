import type { Conversation, ConversationEdit } from "../../shared/chat-format/conversation.ts";
import { editConversation } from "../../shared/chat-format/edit-conversation.ts";
import { partsOf } from "./answer-parts.ts";
import { fingerprint } from "./fingerprint.ts";

export interface Merged {
  readonly conversation: Conversation;
  readonly edits: readonly ConversationEdit[];
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
): Merged {
  const present = new Map(file.messages.map((message) => [message.id, message]));
  const kept = new Set<string>();
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
    const isTouched = known !== undefined && fingerprint(partsOf(theirs)) !== known;
    if (isTouched && !kept.has(edit.id)) {
      kept.add(edit.id);
      const { parent, role, label, text, parts, attributes } = theirs;
      const { status: _, ...rest } = attributes;
      const message = { id: newId(), parent, role, label, text, parts, attributes: { ...rest, replaces: edit.id } };
      edits.push({ type: "add-message", message });
    }
    edits.push(edit);
  }
  return { conversation: editConversation(file, edits), edits };
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
