import "../../ui/chip.css";
import type { ReactElement } from "react";
import type { FeedbackPage } from "../../../shared/feedback.ts";
import { reasonWords, feedbackWords as words } from "../../feedback/feedback-words.ts";

/** Which feedback is shown: by thumb, by reason. */
export interface FeedbackFilter {
  readonly rating?: string;
  readonly reason?: string;
}

export function FeedbackFilters(props: {
  readonly page: FeedbackPage;
  readonly rating: string | undefined;
  readonly reason: string | undefined;
  readonly show: (filter: FeedbackFilter) => void;
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
