import "./feedback-page.css";
import { type ReactElement, useEffect, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { FeedbackPage as Feedback } from "../../../shared/feedback.ts";
import { feedbackWords as words } from "../../feedback/feedback-words.ts";
import { problemWords } from "../../platform/api.ts";
import { byFeedback } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { AskInterpreter } from "./ask-interpreter.tsx";
import { FeedbackChain } from "./feedback-chain.tsx";
import { FeedbackContent } from "./feedback-content.tsx";
import type { StudioPageProps } from "./studio-page.ts";
import { useUnread } from "./use-unread.ts";

const pageSize = 100;

/** All of it, newest first, by thumb and by reason; beside it what became of one piece. */
export function FeedbackPage({ openSide }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const [count, setCount] = useState(pageSize);
  const [id, rating, reason] = ["id", "rating", "reason"].map((name) => parameters.get(name) ?? undefined);
  useEffect(() => {
    document.title = `${words.title} · Folio`;
  }, []);
  const query = new URLSearchParams({
    count: String(Math.min(count, 500)),
    ...(rating && { rating }),
    ...(reason && { reason }),
  });
  const { value, problem, refresh } = useResource<Feedback>(`/feedback?${query}`, byFeedback);
  const unread = useUnread(value?.items ?? []);
  const show = (filter: { readonly rating?: string; readonly reason?: string; readonly id?: string }): void => {
    const next = new URLSearchParams(filter);
    navigate(next.size === 0 ? "/studio/feedback" : `/studio/feedback?${next}`);
  };
  const filter = { ...(rating && { rating }), ...(reason && { reason }) };
  const failure = problem === undefined ? undefined : problemWords(problem);
  return (
    <>
      <PageBar
        openSide={openSide}
        title={words.title}
        path={value ? `${value.path} · ${words.counts(value.counts.up, value.counts.down)}` : "feedback.jsonl"}
      >
        {value && value.total > 0 && <AskInterpreter ids={unread.chosen} />}
      </PageBar>
      <div className="page-columns">
        <section className="page-content" aria-label={words.title}>
          {failure && !value && <ProblemNote {...failure} retry={refresh} />}
          {value && (
            <FeedbackContent
              page={value}
              filter={filter}
              wantedId={id}
              unread={unread}
              show={show}
              more={count < 500 ? () => setCount(count + pageSize) : undefined}
            />
          )}
        </section>
        {id !== undefined && <FeedbackChain key={id} id={id} close={() => show(filter)} />}
      </div>
    </>
  );
}
