/** What the format library gives to and takes from the rest of the house. */
import type { ConversationSource } from "./conversation-source.ts";

export interface Part {
  readonly id: string;
  /** `text`, `reasoning`, `tool-call`, `tool-result`, `file`, `image`, `run`, `error`, `citation`, or any word. */
  readonly type: string;
  readonly label: string;
  /** All but `id`, `type`, `enc` and `eol`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body's bytes when they are not UTF-8. */
  readonly raw?: Uint8Array | undefined;
}

export interface Message {
  readonly id: string;
  /** The id of the message it follows, or `root`; after repairs. */
  readonly parent: string;
  readonly role: string;
  readonly label: string;
  /** All but `id`, `parent`, `role`, `enc` and `eol`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The message's own body: its first text part, when it is not empty. */
  readonly text: string;
  /** The units behind its own. */
  readonly parts: readonly Part[];
  readonly raw?: Uint8Array | undefined;
}

export type ProblemReason =
  | "front-invalid"
  | "other-format"
  | "conflict"
  | "not-utf8"
  | "orphan-part"
  | "no-id"
  | "duplicate-id"
  | "no-role"
  | "unknown-parent"
  | "cycle"
  | "wrap"
  | "enc"
  | "line-ends-changed"
  | "src";

export interface ConversationProblem {
  /** From 1. */
  readonly line: number;
  readonly reason: ProblemReason;
  /** The id or value it is about. */
  readonly detail?: string;
}

/** A conversation as it stands in one file. Values are never changed; an edit gives another conversation. */
export interface Conversation {
  readonly front: ReadonlyMap<string, string>;
  /** The front matter as it stands, from `---` to `---`; empty when there is none. */
  readonly frontRaw: string;
  readonly preamble: string;
  /** In the order of the file. Texts are decoded when first asked for. */
  readonly messages: readonly Message[];
  /** Ids of the active path, from the root to its leaf. */
  readonly path: readonly string[];
  /** The active leaf; undefined without messages. */
  readonly head: string | undefined;
  /** In the order of the file. Found when first asked for. */
  readonly problems: readonly ConversationProblem[];
  /** Why it must not be edited, when it must not. */
  readonly readOnly?: "conflict" | "other-format";
  /** Spans of the file, for this library alone. */
  readonly source: ConversationSource;
}

/** A part to be written; its text is as people know it, before `enc`, `wrap` and escape. */
export type NewPart = Part;
export type NewMessage = Omit<Message, "parts"> & { readonly parts: readonly NewPart[] };

export type ConversationEdit =
  /** Undefined takes the key away. */
  | { readonly type: "set-front"; readonly key: string; readonly value: string | undefined }
  /** Goes to the end of the active path when it extends it, else behind the divider of other versions. */
  | { readonly type: "add-message"; readonly message: NewMessage }
  /** Rewrites the message's own unit and its parts; those that stay equal keep their bytes. */
  | { readonly type: "replace-message"; readonly id: string; readonly message: NewMessage }
  /** Rewrites one marker line. `id`, `enc` and `eol` cannot be set. */
  | {
      readonly type: "set-message-attributes";
      readonly id: string;
      readonly set: Readonly<Record<string, string | undefined>>;
    };
