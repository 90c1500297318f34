import type { MessageStatus, PartView } from "../../shared/chat.ts";
import type { Conversation, ConversationEdit, NewMessage } from "../../shared/chat-format/conversation.ts";
import { Problem } from "../platform/problem.ts";
import type { Revision } from "../platform/store/document-store.ts";
import { bodyOf, partsOf } from "./answer-parts.ts";
import { fingerprint } from "./fingerprint.ts";
import type { ChatRecord } from "./journal-records.ts";
import type { LiveAnswer } from "./live-answer.ts";
import { mergeOutsideChange } from "./merge-outside-change.ts";
import type { SideTexts } from "./side-text.ts";

/** One conversation in memory: the file as it was last read or written, and what is durable in the journal but not in the file yet. */
export interface OpenConversation {
  readonly id: string;
  /** Changes when somebody moves the file: only the keeper sets it. */
  path: string;
  /** Of the file's bytes that `conversation` stands on; undefined when there is no file yet. */
  revision: Revision | undefined;
  /** With every pending edit in it. */
  conversation: Conversation;
  pending: readonly ConversationEdit[];
  /** The texts that the file has in side files. */
  sideTexts: SideTexts;
  readonly live: Map<string, LiveAnswer>;
  /** Parts of each answer that changed, as the file last had them: another text there means that somebody edited it. */
  readonly written: Map<string, string>;
  /** Entries under another path that the next write puts into this file (it was renamed, or is a recovered copy). */
  alsoInJournal: readonly { readonly key: string; readonly number: number }[];
  /** What a crash left in the journal, while the file can only be read: its text is no ground to put anything on. */
  recovered: readonly ChatRecord[];
  /** Numbers of journal entries that are on their way and not in `conversation` yet. */
  readonly inFlight: Set<number>;
  /** The run that asks a model for a title. */
  titling: string | undefined;
  /** The title that a model gave in place of the automatic one. */
  titled: { readonly from: string; readonly to: string } | undefined;
  /** Of the file as last read or written: bytes, and milliseconds since 1970. */
  size: number;
  modified: number;
}

export function openedFrom(
  id: string,
  path: string,
  conversation: Conversation,
  file: { readonly revision: Revision; readonly size: number; readonly modified: number } | undefined,
): OpenConversation {
  return {
    id,
    path,
    revision: file?.revision,
    conversation,
    pending: [],
    sideTexts: new Map(),
    live: new Map(),
    written: new Map(),
    inFlight: new Set(),
    alsoInJournal: [],
    recovered: [],
    titling: undefined,
    titled: undefined,
    size: file?.size ?? 0,
    modified: file?.modified ?? 0,
  };
}

/** How many changes are in the journal and not in the file yet. */
export function countWaiting(open: OpenConversation): number {
  return open.pending.length + open.recovered.length;
}

/** Whether there is something of it that its file does not have, or will not have in a moment. */
export function hasWork(open: OpenConversation): boolean {
  return open.live.size > 0 || open.inFlight.size > 0 || countWaiting(open) > 0;
}

/**
 * Takes edits in; they are written with the next write-back. `planned` counts if nothing has changed since. While the file can only be read they wait, and go onto the
 * file that somebody resolves.
 */
export function applyEdits(open: OpenConversation, edits: readonly ConversationEdit[], planned?: PlannedEdits): void {
  if (open.conversation.readOnly !== undefined) {
    open.pending = [...open.pending, ...edits];
    return;
  }
  const isAsPlanned = planned?.base === open.conversation;
  const { conversation, applied } = isAsPlanned ? planned : planEdits(open.conversation, edits);
  open.conversation = conversation;
  open.pending = [...open.pending, ...applied];
}

/** What edits come to on one state of a conversation. */
export interface PlannedEdits {
  readonly base: Conversation;
  readonly conversation: Conversation;
  readonly applied: readonly ConversationEdit[];
}

export function planEdits(base: Conversation, edits: readonly ConversationEdit[]): PlannedEdits {
  const { conversation, edits: applied } = mergeOutsideChange(base, edits, new Map(), () => "");
  return { base, conversation, applied };
}

/**
 * Answers that `file` has as they were while they grew, although they have ended: an editor that had read them then has
 * written them back. Gives them their end again.
 */
export function endedAgain(open: OpenConversation, file: Conversation): ConversationEdit[] {
  const unfinished = file.messages.filter(({ attributes }) => attributes["status"] === "streaming");
  return unfinished.flatMap(({ id }): ConversationEdit[] => {
    const ours = open.conversation.messages.find((message) => message.id === id);
    const isKnown = open.pending.some((edit) => edit.type === "replace-message" && edit.id === id);
    if (ours === undefined || isKnown || open.live.has(id) || ours.attributes["status"] === "streaming") return [];
    open.written.set(id, fingerprint(partsOf(ours)));
    return [{ type: "replace-message", id, message: ours }];
  });
}

/** How an answer with these parts is put into the file. `fallback`: what the message was, where the file has lost it. */
export function answerEdit(
  open: OpenConversation,
  messageId: string,
  parts: readonly PartView[],
  status: MessageStatus,
  more: Readonly<Record<string, string | undefined>> = {},
  fallback?: NewMessage,
): ConversationEdit | undefined {
  const message = open.conversation.messages.find(({ id }) => id === messageId) ?? fallback;
  if (message === undefined) return undefined;
  const attributes: Record<string, string> = { ...message.attributes };
  delete attributes["status"];
  if (status !== "complete") attributes["status"] = status;
  for (const [name, value] of Object.entries(more)) if (value !== undefined) attributes[name] = value;
  const { id, parent, role, label } = message;
  return { type: "replace-message", id, message: { id, parent, role, label, attributes, ...bodyOf(parts) } };
}

/** Brings answers that are growing into the conversation as they are now, marked as not finished. */
export function checkpointAnswers(open: OpenConversation): void {
  if (open.conversation.readOnly !== undefined) return;
  for (const answer of open.live.values()) {
    const parts = answer.parts();
    const edit = answerEdit(open, answer.messageId, parts, "streaming");
    if (edit !== undefined) applyEdits(open, [edit]);
  }
}

/** What a write is about to put into the file of each answer that changes; it counts once the write has gone well. */
export function changingTexts(open: OpenConversation): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const replaced = open.pending.flatMap((edit) => (edit.type === "replace-message" ? [edit.id] : []));
  for (const messageId of new Set([...open.live.keys(), ...replaced])) {
    const message = open.conversation.messages.find(({ id }) => id === messageId);
    if (message !== undefined) texts.set(messageId, fingerprint(partsOf(message)));
  }
  return texts;
}

/** @throws Problem 409 `read-only` */
export function refuseReadOnly(open: OpenConversation): void {
  const { readOnly } = open.conversation;
  if (readOnly === undefined) return;
  const why =
    readOnly === "conflict"
      ? "The file holds conflict markers of a merge. Unite its sides on its page, or settle them in an editor."
      : "The file is of a format that this version of Folio only reads.";
  throw new Problem("read-only", 409, "This conversation can only be read. Nothing was changed.", { detail: why });
}
