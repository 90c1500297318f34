/** What a model's answer is read into, and what is decided about it. */

export interface AnswerContext {
  /** Key of the agent that was asked. */
  readonly agent: string;
  /** The one file that it may write, such as `.codex/PRD.md`. */
  readonly target: string;
  /** Keys of the roster; `task_logger` is known without standing there. */
  readonly roster: readonly string[];
}

/** What the model says of itself. Folio's own values count; these are kept and compared. */
export interface AnswerMetadata {
  /** The block's content as it stands. */
  readonly raw: string;
  readonly agent?: string;
  readonly taskId?: string;
  readonly date?: string;
  readonly summary?: string;
  readonly outputFiles?: readonly string[];
}

export interface AnswerChain {
  /** The roster's key when it is known, else as written. */
  readonly name: string;
  readonly isKnown: boolean;
}

export interface AgentAnswer {
  /** What the target file would hold, with line ends as in the answer. */
  readonly document: string;
  /** A fence around it was taken off. */
  readonly isUnwrapped: boolean;
  /** Paths that the answer names as the files it is, in order, each once; empty when it names none. */
  readonly labels: readonly string[];
  readonly metadata?: AnswerMetadata;
  readonly chain?: AnswerChain;
  /** For the person who decides; one sentence each. */
  readonly notes: readonly string[];
}

export type FinishReason = "stop" | "length" | "tool-calls" | "content-filter" | "other";

export type RefusalCode =
  | "wrong-target"
  | "two-files"
  | "empty"
  | "truncated"
  | "unchanged"
  | "lint"
  /** Records that an agent may only add to were changed or are gone. */
  | "changed-records";

export type AnswerVerdict =
  | {
      readonly outcome: "proposal";
      /** The new text of the file, with the line ends, byte order mark and last line end of the old one. */
      readonly text: string;
      /** One line, 1 to 500 characters. */
      readonly summary: string;
      readonly notes: readonly string[];
    }
  | {
      readonly outcome: "refused" | "failed";
      readonly code: RefusalCode;
      readonly reason: string;
      readonly notes: readonly string[];
    };

export type ChainStep =
  | { readonly type: "run"; readonly agent: string }
  /** Nobody is named, or the log step, which is always last and needs no model. */
  | { readonly type: "end" }
  | {
      readonly type: "stop";
      readonly code: "unknown-agent" | "self" | "cycle" | "too-many-links";
      readonly reason: string;
    };
