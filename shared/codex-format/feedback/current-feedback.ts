import type { FeedbackItem, InvalidFeedback } from "./feedback-entry.ts";

/**
 * The feedback that holds now, in the file's order: neither taken back (a line with its id and `withdrawn`) nor replaced
 * (a later line with its id, or any line, that `supersedes` it). Invalid items are no feedback. Lines of another branch
 * may have come in any order, so only a line that replaces its own id looks at the order.
 */
export function currentFeedback(items: readonly (FeedbackItem | InvalidFeedback)[]): readonly FeedbackItem[] {
  const entries = items.filter((item) => item.kind === "entry");
  const past = new Set<string>();
  const lastOwn = new Map<string, number>();
  entries.forEach(({ entry: { id, supersedes, withdrawn } }, index) => {
    if (withdrawn === true && id !== undefined) past.add(id);
    if (supersedes === undefined) return;
    if (supersedes === id) lastOwn.set(id, index);
    else past.add(supersedes);
  });
  return entries.filter(({ entry: { id, withdrawn } }, index) => {
    if (withdrawn === true) return false;
    return id === undefined || (!past.has(id) && index >= (lastOwn.get(id) ?? 0));
  });
}
