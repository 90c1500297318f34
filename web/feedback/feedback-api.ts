/** The feedback commands and questions of the API, one function each. */
import type { FeedbackTarget, GiveFeedback } from "../../shared/feedback.ts";
import { request } from "../platform/api.ts";

export function giveFeedback(body: GiveFeedback): Promise<{ readonly id: string }> {
  return request("/feedback", { method: "POST", body });
}

/** Takes it back with one more line; what was said stays in the file. */
export function withdrawFeedback(id: string): Promise<{ readonly id: string }> {
  return request("/feedback/withdraw", { method: "POST", body: { id } });
}

/** The address of what was said about all messages of a conversation, or all versions of a document. */
export function feedbackPathOf(target: FeedbackTarget): string {
  const about = "conversation" in target ? { conversation: target.conversation } : { document: target.document };
  return `/feedback?${new URLSearchParams({ ...about, count: "500" })}`;
}

export function isAbout(target: FeedbackTarget | undefined, wanted: FeedbackTarget): boolean {
  if (target === undefined) return false;
  if ("conversation" in target) return "message" in wanted && target.message === wanted.message;
  return "document" in wanted && target.document === wanted.document && target.revision === wanted.revision;
}
