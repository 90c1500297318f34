import { useState } from "react";
import type { FeedbackPage, FeedbackView } from "../../../shared/feedback.ts";
import { useBoard } from "./studio-resources.ts";

/** Feedback that no proposal names yet, and which of it is chosen to become some. */
export interface Unread {
  readonly isUnread: (item: FeedbackView) => boolean;
  /** Ids, in the order of the page. */
  readonly chosen: readonly string[];
  readonly choose: (item: FeedbackView, isChosen: boolean) => void;
}

const mostAtOnce = 40;

/** At first all that says something is chosen: a thumb alone tells nobody what to do. */
export function useUnread(items: FeedbackPage["items"]): Unread {
  const board = useBoard().value;
  const [decided, setDecided] = useState<ReadonlyMap<string, boolean>>(new Map());
  const read = new Set(board?.lanes.flatMap(({ cards }) => cards.flatMap(({ feedback }) => feedback)));
  const isUnread = (item: FeedbackView): boolean =>
    board !== undefined && item.isPast !== true && item.rating !== undefined && !read.has(item.id);
  const isChosen = (item: FeedbackView): boolean => decided.get(item.id) ?? saysSomething(item);
  const unread = items.filter((item) => item.kind === "feedback").filter(isUnread);
  return {
    isUnread,
    chosen: unread
      .filter(isChosen)
      .slice(0, mostAtOnce)
      .map(({ id }) => id),
    choose: (item, isWanted) => setDecided((before) => new Map(before).set(item.id, isWanted)),
  };
}

function saysSomething({ reasons, text, better }: FeedbackView): boolean {
  return reasons.length > 0 || text !== undefined || better !== undefined;
}
