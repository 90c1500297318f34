/**
 * The one vocabulary of everything that happens. On the wire (`GET /api/events`, text/event-stream) each event is one
 * frame: `id: <epoch>-<number>` and `data: <JSON of a FolioEvent>`. `part-delta` carries its offset, so a reader can see
 * a gap or a repeat by itself.
 */
import type { ConversationSummary, MessageFailure, MessageStatus, MessageView, PartView } from "./chat.ts";

/** `workspace`, or one conversation's own stream. */
export type Topic = "workspace" | `conversation:${string}`;

export type WorkspaceEvent =
  | { readonly type: "conversation-changed"; readonly conversation: ConversationSummary }
  | { readonly type: "conversation-removed"; readonly id: string }
  | { readonly type: "providers-changed" }
  /** The list has been brought up to date with the files: fetch it again. */
  | { readonly type: "conversations-scanned" }
  | { readonly type: "notice-raised"; readonly notice: Notice }
  | { readonly type: "notice-cleared"; readonly id: string };

export type ConversationEvent = { readonly conversationId: string } & (
  | { readonly type: "message-added"; readonly message: MessageView; readonly head: string }
  /** The message as a whole is as given now (end of a run, status, versions). */
  | { readonly type: "message-changed"; readonly message: MessageView }
  | { readonly type: "part-started"; readonly messageId: string; readonly index: number; readonly part: PartView }
  /** `at` is the part's length in UTF-16 units before `text`. */
  | {
      readonly type: "part-delta";
      readonly messageId: string;
      readonly index: number;
      readonly at: number;
      readonly text: string;
    }
  | {
      readonly type: "run-retrying";
      readonly messageId: string;
      readonly attempt: number;
      readonly afterMs: number;
      readonly reason: string;
    }
  | {
      readonly type: "run-ended";
      readonly messageId: string;
      readonly runId: string;
      readonly status: MessageStatus;
      readonly failure?: MessageFailure;
    }
  /** Ask for the snapshot again: the file changed outside, or the active path did. */
  | { readonly type: "conversation-reloaded"; readonly reason: "changed-on-disk" | "head-moved" | "merged" }
  | { readonly type: "unwritten-changed"; readonly unwritten: number }
);

/** Sent to one stream only: what it missed is no longer held; fetch every snapshot again. */
export interface StreamReset {
  readonly type: "stream-reset";
}

export type FolioEvent = WorkspaceEvent | ConversationEvent;
export type StreamEvent = FolioEvent | StreamReset;

/** A state of the whole workspace that stays until it is true no more (a full disk, a folder that is gone). */
export interface Notice {
  readonly id: string;
  readonly level: "danger" | "state" | "decision";
  readonly title: string;
  readonly detail?: string;
}
