import type { MessageStatus } from "../../shared/chat.ts";
import type { ConversationEdit } from "../../shared/chat-format/conversation.ts";
import type { JournalRecord } from "../platform/journal/journal.ts";
import type { UnsavedPiece } from "./live-answer.ts";

/** What the journal holds of a conversation until its file has it; the journal's key is the file's path. */
export type ChatRecord =
  | { readonly type: "created"; readonly id: string; readonly front: Readonly<Record<string, string>> }
  /** Somebody moved its file: what follows stands under that path. */
  | { readonly type: "moved"; readonly path: string }
  /** It went into the trash: nothing before this is to come back. */
  | { readonly type: "deleted" }
  | { readonly type: "edited"; readonly edits: readonly ConversationEdit[] }
  | { readonly type: "answered"; readonly messageId: string; readonly pieces: readonly UnsavedPiece[] }
  | {
      readonly type: "ended";
      readonly messageId: string;
      readonly status: MessageStatus;
      readonly attributes: Readonly<Record<string, string>>;
    };

/** `id` is the conversation's, by which its file is found when it was renamed since. */
export function toJournal(id: string, records: readonly ChatRecord[]): JournalRecord {
  return { id, records };
}

/** Records of one entry; what another version wrote and this one does not know is left out. */
export function fromJournal(record: JournalRecord): readonly ChatRecord[] {
  const records = record["records"];
  return Array.isArray(records) ? (records as ChatRecord[]) : [];
}

export function conversationOf(record: JournalRecord): string | undefined {
  return typeof record["id"] === "string" ? record["id"] : undefined;
}
