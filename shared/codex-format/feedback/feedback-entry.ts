/** What `feedback.jsonl` is read into: one JSON object a line. */

/** The reasons that the page offers; a file may hold others. */
export const FEEDBACK_REASONS = [
  "wrong",
  "ignored-instruction",
  "out-of-date",
  "unsafe",
  "too-long",
  "too-short",
  "tone",
  "code-does-not-run",
  "other",
] as const;

export type FeedbackAbout =
  | { readonly conversation: string; readonly message: string }
  | { readonly document: string; readonly revision: string };

/** One line as Folio writes it, its keys in this order. A withdrawal has `id`, `at` and `withdrawn` alone. */
export interface FeedbackEntry {
  /** `fb-` and six or more base-32 characters. */
  readonly id: string;
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  readonly target?: FeedbackAbout;
  readonly rating?: "up" | "down";
  /** Words of the list, or others. */
  readonly reasons?: readonly string[];
  readonly text?: string;
  /** What would have been better. */
  readonly better?: string;
  readonly model?: string;
  readonly preset?: string;
  /** Id of the feedback that this line replaces; it may be its own. */
  readonly supersedes?: string;
  /** The feedback with this id is taken back. */
  readonly withdrawn?: true;
}

/** Offsets in bytes of the file; `end` is behind the last byte of the line, before its line end. */
export interface FeedbackSpan {
  readonly start: number;
  readonly end: number;
}

export interface FeedbackItem {
  readonly kind: "entry";
  /** From 1. */
  readonly line: number;
  readonly span: FeedbackSpan;
  /** The fields of the right shape; what is not stands in `problems` and `raw`. */
  readonly entry: Partial<FeedbackEntry>;
  readonly raw: string;
  readonly problems: readonly string[];
}

export interface InvalidFeedback {
  readonly kind: "invalid";
  readonly line: number;
  readonly span: FeedbackSpan;
  readonly raw: string;
  readonly reason: string;
}
