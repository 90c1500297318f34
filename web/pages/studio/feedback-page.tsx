import "../../ui/chip.css";
import "./feedback-page.css";
import { type ReactElement, useEffect, useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import type { FeedbackPage as Feedback } from "../../../shared/feedback.ts";
import { FeedbackList } from "../../feedback/feedback-list.tsx";
import { reasonWords, feedbackWords as words } from "../../feedback/feedback-words.ts";
import { problemWords } from "../../platform/api.ts";
import { usePanelWidth } from "../../platform/panel-width.ts";
import { byFeedback } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { PageBar } from "../../ui/page-bar.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Chain } from "./chain.tsx";
import type { StudioPageProps } from "./studio-page.ts";

const pageSize = 100;

/** All of it, newest first, by thumb and by reason; beside it what became of one piece. */
export function FeedbackPage({ openSide }: StudioPageProps): ReactElement {
  const [, navigate] = useLocation();
  const [parameters] = useSearchParams();
  const [count, setCount] = useState(pageSize);
  const [width, setWidth] = usePanelWidth();
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
  const show = (filter: { readonly rating?: string; readonly reason?: string; readonly id?: string }): void => {
    const next = new URLSearchParams(filter);
    navigate(next.size === 0 ? "/studio/feedback" : `/studio/feedback?${next}`);
  };
  const filter = { ...(rating && { rating }), ...(reason && { reason }) };
  const isFiltered = rating !== undefined || reason !== undefined;
  const failure = problem === undefined ? undefined : problemWords(problem);
  return (
    <>
      <PageBar
        openSide={openSide}
        title={words.title}
        path={value ? `${value.path} · ${words.counts(value.counts.up, value.counts.down)}` : "feedback.jsonl"}
      >
        <Link className="button" href="/studio/roster?run=feedback_interpreter">
          {words.askInterpreter}
        </Link>
      </PageBar>
      <div className="page-columns">
        <section className="page-content" aria-label={words.title}>
          {failure && !value && <ProblemNote {...failure} retry={refresh} />}
          {value && (value.total > 0 || isFiltered) && (
            <Filters page={value} rating={rating} reason={reason} show={show} />
          )}
          {value?.total === 0 && (
            <EmptyState
              title={isFiltered ? words.filteredTitle : words.emptyTitle}
              {...(isFiltered ? {} : { text: words.emptyText })}
            >
              {isFiltered && (
                <button type="button" className="button" onClick={() => show({})}>
                  {words.showAll}
                </button>
              )}
            </EmptyState>
          )}
          {value && value.total > 0 && (
            <FeedbackList
              items={value.items}
              wantedId={id}
              acts={(item) => (
                <button
                  type="button"
                  className="feedback-chain-button"
                  onClick={() => show({ ...filter, id: item.id })}
                >
                  {words.followChain}
                </button>
              )}
            />
          )}
          {value && value.total > value.items.length && count < 500 && (
            <button type="button" className="button feedback-more" onClick={() => setCount(count + pageSize)}>
              {words.showMore(value.total - value.items.length)}
            </button>
          )}
        </section>
        {id !== undefined && (
          <SidePanel
            label={words.followChain}
            head={<h2 className="page-bar-title">{words.followChain}</h2>}
            width={width}
            onResize={setWidth}
            onClose={() => show(filter)}
          >
            <div className="feedback-chain">
              <Chain start={{ feedback: id }} />
            </div>
          </SidePanel>
        )}
      </div>
    </>
  );
}

function Filters(props: {
  readonly page: Feedback;
  readonly rating: string | undefined;
  readonly reason: string | undefined;
  readonly show: (filter: { readonly rating?: string; readonly reason?: string }) => void;
}): ReactElement {
  const { page, rating, reason, show } = props;
  const chip = (label: string, isChosen: boolean, choose: () => void): ReactElement => (
    <button key={label} type="button" className="chip" aria-pressed={isChosen} onClick={choose}>
      {label}
    </button>
  );
  const reasons =
    reason === undefined || page.byReason.some((each) => each.reason === reason)
      ? page.byReason
      : [...page.byReason, { reason, count: 0 }];
  return (
    <search className="feedback-filters">
      {chip(words.all, rating === undefined && reason === undefined, () => show({}))}
      {chip(`${words.up} ${page.counts.up}`, rating === "up", () => show({ rating: "up" }))}
      {chip(`${words.down} ${page.counts.down}`, rating === "down", () => show({ rating: "down" }))}
      {reasons.map((each) =>
        chip(`${reasonWords(each.reason)} ${each.count}`, reason === each.reason, () => show({ reason: each.reason })),
      )}
    </search>
  );
}
