/**
 * The one vocabulary of everything that happens. On the wire (`GET /api/events`, text/event-stream) each event is one
 * frame: `id: <epoch>-<number>` and `data: <JSON of a FolioEvent>`. `part-delta` carries its offset, so a reader can see
 * a gap or a repeat by itself.
 */
import type { AgentRunSummary } from "./agents.ts";
import type { ConversationSummary, MessageFailure, MessageStatus, MessageView, PartView } from "./chat.ts";
import type { DocumentKind } from "./documents.ts";

/** `workspace`, or the own stream of one conversation or of one agent's run. */
export type Topic = "workspace" | `conversation:${string}` | `run:${string}`;

export type WorkspaceEvent =
  | { readonly type: "conversation-changed"; readonly conversation: ConversationSummary }
  | { readonly type: "conversation-removed"; readonly id: string }
  | { readonly type: "providers-changed" }
  /** The list has been brought up to date with the files: fetch it again. */
  | { readonly type: "conversations-scanned" }
  /** A file under `.codex/`, or a log, roster or board at the root, was written or removed, by anybody. */
  | { readonly type: "document-changed"; readonly path: string; readonly kind: DocumentKind }
  | { readonly type: "feedback-changed" }
  /** An agent's run began, ended, or waits for a person. */
  | { readonly type: "agent-run-changed"; readonly run: AgentRunSummary }
  | { readonly type: "project-changed"; readonly id: string }
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

/** On the run's own topic. `at` is the length before `text`, in UTF-16 units. */
export type AgentRunEvent = { readonly runId: string } & (
  | { readonly type: "agent-text"; readonly channel: "text" | "reasoning"; readonly at: number; readonly text: string }
  | { readonly type: "agent-retrying"; readonly attempt: number; readonly afterMs: number; readonly reason: string }
  /** Fetch the run again. */
  | { readonly type: "agent-run-reloaded" }
);

/** Sent to one stream only: what it missed is no longer held; fetch every snapshot again. */
export interface StreamReset {
  readonly type: "stream-reset";
}

export type FolioEvent = WorkspaceEvent | ConversationEvent | AgentRunEvent;
export type StreamEvent = FolioEvent | StreamReset;

/** A state of the whole workspace that stays until it is true no more (a full disk, a folder that is gone). */
export interface Notice {
  readonly id: string;
  readonly level: "danger" | "state" | "decision";
  readonly title: string;
  readonly detail?: string;
}
