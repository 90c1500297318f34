import type { ReactElement } from "react";
import type { FeedbackPage } from "../../../shared/feedback.ts";
import { FeedbackList } from "../../feedback/feedback-list.tsx";
import { feedbackWords as words } from "../../feedback/feedback-words.ts";
import { byFeedback } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";

/** The feedback that a run will be given, as it was said. */
export function ChosenFeedback({ ids }: { readonly ids: readonly string[] }): ReactElement {
  const query = new URLSearchParams(ids.map((id) => ["id", id]));
  const items = useResource<FeedbackPage>(`/feedback?${query}`, byFeedback).value?.items ?? [];
  return (
    <section className="feedback-chosen" aria-label={words.chosen(ids.length)}>
      <h3 className="agent-form-label">{words.chosen(ids.length)}</h3>
      <FeedbackList items={items} />
    </section>
  );
}
