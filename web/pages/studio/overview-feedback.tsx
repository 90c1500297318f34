import type { ReactElement } from "react";
import { Link } from "wouter";
import { reasonWords } from "../../feedback/feedback-words.ts";
import { visibleText } from "../../ui/markdown/visible-text.tsx";
import { Section } from "../../ui/section.tsx";
import { useNewestFeedback } from "./studio-resources.ts";
import { words } from "./words.ts";

const shownReasons = 5;

/** Why answers were not good, most frequent first. */
export function OverviewFeedback(): ReactElement {
  const page = useNewestFeedback().value;
  const reasons = (page?.byReason ?? []).slice(0, shownReasons);
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <Section
      title={words.feedback}
      {...(page && page.total > 0 ? { note: words.received(page.total) } : {})}
      acts={
        <Link className="button button-quiet numbers" href="/studio/feedback">
          {page && page.total > 0 ? words.upAndDown(page.counts.up, page.counts.down) : words.open}
        </Link>
      }
    >
      {page !== undefined && reasons.length === 0 && <p className="overview-none">{words.noFeedback}</p>}
      <ul className="plain-list">
        {reasons.map(({ reason, count }) => (
          <li key={reason} className="reason-row">
            <Link className="row-cover reason-name" href={`/studio/feedback?reason=${encodeURIComponent(reason)}`}>
              <bdi>{visibleText(reasonWords(reason))}</bdi>
            </Link>
            <span className="reason-bar" aria-hidden="true">
              <span style={{ inlineSize: `${(count / most) * 100}%` }} />
            </span>
            <span className="reason-count numbers">{count}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
