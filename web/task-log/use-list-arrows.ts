import { type RefObject, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";

/** So long the focus waits for a row that has to be fetched first. */
const patienceMs = 8000;

/**
 * Arrows go from entry to entry, Home and End to the newest and the oldest of `total`; the focus follows as soon as the
 * row is there. Rows say their place in `data-at`.
 */
export function useListArrows(
  area: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  total: number,
): void {
  const count = useRef(total);
  count.current = total;
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const focusWhenThere = (at: number, until: number): void => {
      if (document.activeElement !== element) return;
      const link = element.querySelector<HTMLElement>(`[data-at="${at}"] .log-link[href]`);
      if (link) link.focus({ preventScroll: true });
      else if (performance.now() < until) requestAnimationFrame(() => focusWhenThere(at, until));
    };
    const reach = (at: number, align: "start" | "end"): boolean => {
      // The row that has the focus goes away.
      element.focus({ preventScroll: true });
      list.current?.scrollToIndex(at, { align });
      focusWhenThere(at, performance.now() + patienceMs);
      return true;
    };
    const step = (by: 1 | -1): boolean => {
      const links = [...element.querySelectorAll<HTMLElement>(".log-link[href]")];
      const at = links.indexOf(document.activeElement as HTMLElement);
      links[at + by]?.focus();
      return at !== -1;
    };
    const acts: Readonly<Record<string, () => boolean>> = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Home: () => reach(0, "start"),
      End: () => reach(count.current - 1, "end"),
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (isPlain && acts[event.key]?.()) event.preventDefault();
    };
    element.addEventListener("keydown", onKeyDown);
    return () => element.removeEventListener("keydown", onKeyDown);
  }, [area, list]);
}
