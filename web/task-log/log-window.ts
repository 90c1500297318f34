/**
 * The part of a long log that has been fetched. Items are kept by their place from the *oldest*, which stays what it is
 * while the log grows at its new end: an answer that took long still lands where it belongs.
 */
import type { LogItemsPage, LogItemView } from "../../shared/task-log.ts";

export interface LogWindow {
  /** How many match. */
  readonly total: number;
  readonly revision: string | undefined;
  readonly items: ReadonlyMap<number, { readonly item: LogItemView; readonly revision: string | undefined }>;
}

/** Items of one request. */
export const windowSize = 100;
/** Beyond so many the ones farthest from what is shown are let go. */
const mostKept = 3000;

export const emptyWindow: LogWindow = { total: 0, revision: undefined, items: new Map() };

/** The place from the oldest of the item that is shown at `at` (0: the newest, on top). */
export function placeOf(window: { readonly total: number }, at: number): number {
  return window.total - 1 - at;
}

export function itemAt(window: LogWindow, at: number): LogItemView | undefined {
  return window.items.get(placeOf(window, at))?.item;
}

/** Puts in the answer to a request for the items from `from` (0: the newest at the time of the answer). */
export function withItems(window: LogWindow, from: number, page: LogItemsPage): LogWindow {
  const isSameFile = page.revision === window.revision;
  const items = new Map([...window.items].filter(([place]) => place < page.total));
  for (const [index, item] of page.items.entries()) {
    items.set(page.total - 1 - (from + index), { item, revision: page.revision });
  }
  if (items.size > mostKept) {
    const middle = page.total - 1 - from;
    const places = [...items.keys()].toSorted((left, right) => Math.abs(right - middle) - Math.abs(left - middle));
    for (const place of places.slice(0, items.size - mostKept)) items.delete(place);
  }
  if (isSameFile && page.total === window.total) return { ...window, items };
  return { total: page.total, revision: page.revision, items };
}

/**
 * The first request (items from the newest) that is needed for the rows `first` to `last` to be shown as they are in the
 * file now; undefined when all are there.
 */
export function missingIn(
  window: LogWindow,
  first: number,
  last: number,
): { readonly from: number; readonly count: number } | undefined {
  for (let at = Math.max(0, first); at <= Math.min(last, window.total - 1); at += 1) {
    const known = window.items.get(placeOf(window, at));
    if (known && known.revision === window.revision) continue;
    const from = Math.max(0, Math.min(at, last - windowSize + 1));
    return { from: Math.max(from, at - Math.floor(windowSize / 4)), count: windowSize };
  }
  return undefined;
}
