import type { MessageStatus, PartView } from "../../shared/chat.ts";
import type { Conversation, ConversationEdit, NewMessage } from "../../shared/chat-format/conversation.ts";
import { bodyOf, partsOf } from "./answer-parts.ts";
import type { ChatRecord } from "./journal-records.ts";
import type { UnsavedPiece } from "./live-answer.ts";
import { sideSource } from "./side-text.ts";

interface Growing {
  parts: PartView[];
  status: MessageStatus;
  attributes: Readonly<Record<string, string>>;
  /** By the journal's index of a part: where that is now, since somebody changed the file. */
  readonly places: Map<number, Place>;
}

interface Place {
  readonly index: number;
  /** How far the text lies from where the journal says. */
  shift: number;
}

type Known = Map<string, NewMessage>;

/**
 * What the journal's records say that the file does not, as edits for `mergeOutsideChange`. Pieces know where they
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
    // Its texts go to side files when it has ended, so the file has all of it.
    if (record.type === "answered" && !isMoved(known.get(record.messageId))) {
      const answer = grown(growing, known, record.messageId);
      if (addPieces(answer, record)) answer.status = "interrupted";
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

function isMoved(message: NewMessage | undefined): boolean {
  if (message === undefined || message.attributes["status"] === "streaming") return false;
  return message.parts.some((part) => sideSource(part) !== undefined);
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
  const ended = isEnded(status) ? status : "interrupted";
  const made: Growing = { parts, status: ended, attributes: {}, places: new Map() };
  growing.set(messageId, made);
  return made;
}

function isEnded(status: string): status is "complete" | "stopped" | "error" {
  return status === "complete" || status === "stopped" || status === "error";
}

/** Answers whether the pieces held anything that was not there. */
function addPieces(answer: Growing, record: Extract<ChatRecord, { type: "answered" }>): boolean {
  const { parts, places } = answer;
  let isNew = false;
  for (const piece of record.pieces) {
    const place = places.get(piece.index) ?? { index: piece.index, shift: 0 };
    const held = parts[place.index];
    if (held === undefined) {
      // With a part that is not new it stood in the file; whoever took it out did not mean what came after.
      const kind = piece.part ?? { id: `${record.messageId}-${piece.index}`, type: "text" };
      places.set(piece.index, { index: parts.length, shift: -piece.at });
      parts.push({ ...kind, text: piece.text });
      isNew = true;
      continue;
    }
    places.set(piece.index, place);
    const rest = restOf(piece, held.text, place);
    if (rest === "") continue;
    parts[place.index] = { ...held, text: held.text + rest };
    isNew = true;
  }
  return isNew;
}

/** What of a piece the text lacks. */
function restOf({ at, text }: UnsavedPiece, held: string, place: Place): string {
  const start = at + place.shift;
  const there = held.slice(Math.max(start, 0), Math.max(start + text.length, 0));
  if (start >= 0 && start <= held.length && text.startsWith(there)) return text.slice(there.length);
  // Somebody changed the text since it was written: then only its words tell what it has.
  const found = held.lastIndexOf(text);
  if (found !== -1) {
    place.shift = found - at;
    return "";
  }
  let overlap = Math.min(held.length, text.length);
  while (overlap > 0 && !held.endsWith(text.slice(0, overlap))) overlap -= 1;
  place.shift = held.length - overlap - at;
  return text.slice(overlap);
}
