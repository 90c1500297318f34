import type { MessageStatus, PartView } from "../../shared/chat.ts";
import type { Conversation, ConversationEdit } from "../../shared/chat-format/conversation.ts";
import { editConversation } from "../../shared/chat-format/edit-conversation.ts";
import { newConversation } from "../../shared/chat-format/new-conversation.ts";
import { partsOf } from "./answer-parts.ts";
import type { ChatRecord } from "./journal-records.ts";
import type { UnsavedPiece } from "./live-answer.ts";
import { answerEdit, openedFrom } from "./open-conversation.ts";

interface Growing {
  parts: PartView[];
  status: MessageStatus;
  attributes: Readonly<Record<string, string>>;
}

/**
 * Folds what the journal kept of one conversation into what its file says (P2). Pieces know where they belong, so
 * records that the file has already change nothing; an answer without an end becomes `interrupted`.
 */
export function recoverConversation(
  file: Conversation | undefined,
  records: readonly ChatRecord[],
): { readonly conversation: Conversation; readonly edits: readonly ConversationEdit[] } | undefined {
  const created = records.find((record) => record.type === "created");
  let conversation = file ?? (created === undefined ? undefined : newConversation(created.front));
  // The file was removed by its owner and nothing says how it began: there is nothing to fold into.
  if (conversation === undefined) return undefined;
  const made: ConversationEdit[] = [];
  const growing = new Map<string, Growing>();
  const apply = (edits: readonly ConversationEdit[]): void => {
    if (edits.length === 0 || conversation === undefined) return;
    conversation = editConversation(conversation, edits);
    made.push(...edits);
  };

  for (const record of records) {
    if (record.type === "edited") {
      const known = new Set(conversation.messages.map(({ id }) => id));
      apply(record.edits.filter((edit) => edit.type !== "add-message" || !known.has(edit.message.id)));
      for (const edit of record.edits) if (edit.type === "replace-message") growing.delete(edit.id);
    }
    if (record.type === "answered") {
      const answer = grown(growing, conversation, record.messageId);
      if (addPieces(answer.parts, record.pieces)) answer.status = "interrupted";
    }
    if (record.type === "ended") {
      const { status, attributes } = record;
      Object.assign(grown(growing, conversation, record.messageId), { status, attributes });
    }
  }
  for (const message of conversation.messages) {
    if (message.attributes["status"] === "streaming") grown(growing, conversation, message.id);
  }
  for (const [messageId, { parts, status, attributes }] of growing) {
    const edit = answerEdit(openedFrom("", "", conversation, undefined), messageId, parts, status, attributes);
    if (edit !== undefined) apply([edit]);
  }
  return { conversation, edits: made };
}

function grown(growing: Map<string, Growing>, conversation: Conversation, messageId: string): Growing {
  const found = growing.get(messageId);
  if (found !== undefined) return found;
  const message = conversation.messages.find(({ id }) => id === messageId);
  const parts = message === undefined ? [] : partsOf(message);
  const status = message?.attributes["status"] ?? "complete";
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
