import type { ReactElement } from "react";
import type { FeedbackPage } from "../../../shared/feedback.ts";
import { FeedbackList } from "../../feedback/feedback-list.tsx";
import { feedbackWords as words } from "../../feedback/feedback-words.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { type FeedbackFilter, FeedbackFilters } from "./feedback-filters.tsx";
import type { Unread } from "./use-unread.ts";

/** What was said, as it is filtered; or that nothing was. */
export function FeedbackContent(props: {
  readonly page: FeedbackPage;
  readonly filter: FeedbackFilter;
  readonly wantedId: string | undefined;
  readonly unread: Unread;
  readonly show: (filter: FeedbackFilter & { readonly id?: string }) => void;
  /** Fetches older ones; absent when no more are shown. */
  readonly more: (() => void) | undefined;
}): ReactElement {
  const { page, filter, unread, show, more } = props;
  const isFiltered = filter.rating !== undefined || filter.reason !== undefined;
  return (
    <>
      {(page.total > 0 || isFiltered) && (
        <FeedbackFilters page={page} rating={filter.rating} reason={filter.reason} show={show} />
      )}
      {page.total === 0 && (
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
      {page.total > 0 && (
        <FeedbackList
          items={page.items}
          wantedId={props.wantedId}
          choice={(item) =>
            unread.isUnread(item) && (
              <label className="feedback-choice">
                <input
                  type="checkbox"
                  aria-label={words.choose(item.id)}
                  checked={unread.chosen.includes(item.id)}
                  onChange={(event) => unread.choose(item, event.currentTarget.checked)}
                />
                {words.unread}
              </label>
            )
          }
          acts={(item) => (
            <button type="button" className="feedback-chain-button" onClick={() => show({ ...filter, id: item.id })}>
              {words.followChain}
            </button>
          )}
        />
      )}
      {page.total > page.items.length && more && (
        <button type="button" className="button feedback-more" onClick={more}>
          {words.showMore(page.total - page.items.length)}
        </button>
      )}
    </>
  );
}
