import type { MessageStatus, PartView } from "../../shared/chat.ts";
import type { Conversation, ConversationEdit, NewMessage } from "../../shared/chat-format/conversation.ts";
import { bodyOf, partsOf } from "./answer-parts.ts";
import type { ChatRecord } from "./journal-records.ts";
import type { UnsavedPiece } from "./live-answer.ts";

interface Growing {
  parts: PartView[];
  status: MessageStatus;
  attributes: Readonly<Record<string, string>>;
}

type Known = Map<string, NewMessage>;

/**
 * What the journal's records say that the file does not (P2), as edits for `mergeOutsideChange`. Pieces know where they
 * belong, so those that the file has already change nothing; an answer without an end becomes `interrupted`.
 */
export function recoverConversation(
  file: Conversation | undefined,
  records: readonly ChatRecord[],
): ConversationEdit[] {
  const known: Known = new Map((file?.messages ?? []).map((message) => [message.id, message]));
  const growing = new Map<string, Growing>();
  const edits: ConversationEdit[] = [];
  for (const record of records) {
    if (record.type === "edited") {
      for (const edit of record.edits) takeEdit(edit, known, growing, edits);
    }
    if (record.type === "answered") {
      const answer = grown(growing, known, record.messageId);
      if (addPieces(answer.parts, record.pieces)) answer.status = "interrupted";
    }
    if (record.type === "ended") {
      const { status, attributes } = record;
      Object.assign(grown(growing, known, record.messageId), { status, attributes });
    }
  }
  for (const [id, message] of known) if (message.attributes["status"] === "streaming") grown(growing, known, id);
  for (const [id, answer] of growing)
    edits.push({ type: "replace-message", id, message: messageOf(id, answer, known) });
  return edits;
}

function takeEdit(
  edit: ConversationEdit,
  known: Known,
  growing: Map<string, Growing>,
  edits: ConversationEdit[],
): void {
  if (edit.type === "add-message") {
    if (known.has(edit.message.id)) return;
    known.set(edit.message.id, edit.message);
  }
  if (edit.type === "replace-message") {
    known.set(edit.id, edit.message);
    growing.delete(edit.id);
  }
  edits.push(edit);
}

function messageOf(id: string, { parts, status, attributes }: Growing, known: Known): NewMessage {
  const base = known.get(id) ?? { id, parent: "root", role: "assistant", label: "Assistant", attributes: {} };
  const { status: _, ...kept }: Record<string, string> = base.attributes;
  const all = { ...kept, ...(status === "complete" ? {} : { status }), ...attributes };
  return { id, parent: base.parent, role: base.role, label: base.label, attributes: all, ...bodyOf(parts) };
}

function grown(growing: Map<string, Growing>, known: Known, messageId: string): Growing {
  const found = growing.get(messageId);
  if (found !== undefined) return found;
  const message = known.get(messageId);
  const status = message?.attributes["status"] ?? (message === undefined ? "interrupted" : "complete");
  const parts = message === undefined ? [] : partsOf(message);
  const made: Growing = { parts, status: isEnded(status) ? status : "interrupted", attributes: {} };
  growing.set(messageId, made);
  return made;
}

function isEnded(status: string): status is "complete" | "stopped" | "error" {
  return status === "complete" || status === "stopped" || status === "error";
}

/** Answers whether the pieces held anything that was not there. */
function addPieces(parts: PartView[], pieces: readonly UnsavedPiece[]): boolean {
  let isNew = false;
  for (const { index, at, text, part } of pieces) {
    const held = parts[index];
    if (held === undefined) {
      if (index !== parts.length || part === undefined) continue;
      parts.push({ ...part, text });
      isNew = true;
      continue;
    }
    const overlap = held.text.length - at;
    if (overlap < 0 || overlap >= text.length) continue;
    parts[index] = { ...held, text: held.text + text.slice(overlap) };
    isNew = true;
  }
  return isNew;
}
