/** Feedback: one JSON object a line in `feedback.jsonl`. */
import { z } from "zod";

export type FeedbackTarget =
  | { readonly conversation: string; readonly message: string }
  | { readonly document: string; readonly revision: string };

const targetSchema = z.union([
  z.strictObject({ conversation: z.string().min(1).max(200), message: z.string().min(1).max(200) }),
  z.strictObject({ document: z.string().min(1).max(1000), revision: z.string().length(64) }),
]);

export const giveFeedbackSchema = z.strictObject({
  target: targetSchema,
  rating: z.enum(["up", "down"]),
  /** Words of `FEEDBACK_REASONS`, or others. */
  reasons: z.array(z.string().min(1).max(60)).max(20),
  text: z.string().max(10_000).optional(),
  better: z.string().max(10_000).optional(),
  /** The feedback that this one replaces. */
  supersedes: z.string().max(100).optional(),
});
export type GiveFeedback = z.infer<typeof giveFeedbackSchema>;

export interface FeedbackView {
  readonly kind: "feedback";
  readonly id: string;
  readonly at: string;
  readonly target?: FeedbackTarget;
  readonly rating?: string;
  readonly reasons: readonly string[];
  readonly text?: string;
  readonly better?: string;
  readonly model?: string;
  readonly preset?: string;
  /** Taken back or replaced by a later line. */
  readonly isPast?: boolean;
  /** The title of the conversation that it is about, as it is now. */
  readonly title?: string;
  readonly problems: readonly string[];
}

export interface FeedbackInvalidView {
  readonly kind: "invalid";
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

/** `GET /api/feedback?from=&count=&rating=&reason=&conversation=&document=`: newest first. */
export interface FeedbackPage {
  readonly path: string;
  readonly items: readonly (FeedbackView | FeedbackInvalidView)[];
  readonly total: number;
  readonly counts: { readonly up: number; readonly down: number; readonly invalid: number };
  /** Current feedback by reason, most first. */
  readonly byReason: readonly { readonly reason: string; readonly count: number }[];
}
