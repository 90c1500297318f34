/** Conversations as the browser and the server speak of them. Requests are Zod schemas; the browser takes types only. */
import { z } from "zod";

/** Ten characters of lower-case Crockford base-32, made by whoever makes the thing (docs/file-formats.md). */
const idSchema = z.string().regex(/^[0-9a-hjkmnp-tv-z]{10}$/);
/** Conversation and message ids found in files may be of any shape that fits one marker attribute. */
const foundIdSchema = z.string().min(1).max(200);

const modelChoice = {
  providerId: z.string().min(1).max(100),
  model: z.string().min(1).max(300),
};

/** Text of one message: at most 8 MiB of UTF-16 units; the store moves long text into a side file. */
const messageText = z
  .string()
  .min(1)
  .max(8 * 1024 * 1024);

export const createConversationSchema = z.strictObject({
  id: idSchema,
  messageId: idSchema,
  text: messageText,
  ...modelChoice,
});
export type CreateConversation = z.infer<typeof createConversationSchema>;

export const sendMessageSchema = z.strictObject({
  messageId: idSchema,
  /** The message that this one follows, or `root`: a new version of a question has the parent of the old one. */
  parent: foundIdSchema,
  text: messageText,
  ...modelChoice,
});
export type SendMessage = z.infer<typeof sendMessageSchema>;

/**
 * Another answer under `parent` (regenerate, retry: `answer`), or the rest of an answer that broke off (`continue`:
 * `parent` is then the broken answer itself and its text grows).
 */
export const startRunSchema = z.strictObject({
  kind: z.enum(["answer", "continue"]),
  parent: foundIdSchema,
  ...modelChoice,
});
export type StartRun = z.infer<typeof startRunSchema>;

/** `baseTitle` is the title the page saw: another title in the file by now answers 409 `stale`. */
export const changeConversationSchema = z.union([
  z.strictObject({ title: z.string().trim().min(1).max(300), baseTitle: z.string() }),
  z.strictObject({ head: foundIdSchema }),
]);
export type ChangeConversation = z.infer<typeof changeConversationSchema>;

export interface RunAccepted {
  readonly conversationId: string;
  readonly messageId: string;
  readonly runId: string;
}

export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** RFC 3339. */
  readonly created: string;
  readonly updated: string;
  readonly isRunning: boolean;
  /** Why it cannot be changed here, when it cannot. */
  readonly readOnly?: "conflict" | "other-format" | "unreadable";
}

export interface ConversationPage {
  readonly conversations: readonly ConversationSummary[];
  /** Pass as `after` for the next page; absent on the last one. */
  readonly next?: string;
  readonly total: number;
}

export type MessageStatus = "complete" | "stopped" | "interrupted" | "error" | "streaming";

export interface PartView {
  readonly id: string;
  /** `text`, `reasoning`, `tool-call`, `tool-result`, `file`, `image`, `run`, `error`, `citation`, or any word. */
  readonly type: string;
  readonly text: string;
  /** Tool name, tool call id, side file … as in the file. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface MessageView {
  readonly id: string;
  /** A message id, or `root`. */
  readonly parent: string;
  readonly role: string;
  /** The heading's words in the file. */
  readonly label: string;
  readonly at?: string;
  readonly model?: string;
  readonly status: MessageStatus;
  readonly parts: readonly PartView[];
  /** All versions beside this one (same parent), in creation order, this one included; absent when it is alone. */
  readonly siblings?: readonly string[];
  readonly usage?: { readonly in?: number; readonly out?: number; readonly ms?: number };
  /** The run that is writing this message now. */
  readonly runId?: string;
  /** Set with `error` and `interrupted`: what a person reads. */
  readonly failure?: MessageFailure;
}

export interface MessageFailure {
  readonly code: string;
  /** What happened. */
  readonly title: string;
  /** What was kept, what to do. */
  readonly detail?: string;
}

/** One page of the active path, its newest messages; `hasEarlier` says that `GET …/messages?before=` has more. */
export interface ConversationView extends ConversationSummary {
  readonly head: string;
  readonly messages: readonly MessageView[];
  readonly hasEarlier: boolean;
  readonly messageCount: number;
  readonly preamble: string;
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
  /** Where the file lies, absolute, for "open the file". */
  readonly file: string;
  /** Changes that are safe in the journal but not in the file yet (full or read-only disk). */
  readonly unwritten: number;
  /** Events up to this id are in this answer; apply those after it. */
  readonly eventId: string;
}

/** Where one message stands among the others. */
export interface MessagePlace {
  /** Whether it is on the shown path; otherwise another branch holds it. */
  readonly isShown: boolean;
  /** How many messages of the shown path follow it. */
  readonly later: number;
}

export interface EarlierMessages {
  readonly messages: readonly MessageView[];
  readonly hasEarlier: boolean;
}
