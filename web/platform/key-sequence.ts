import { useEffect, useRef } from "react";

const secondWithinMs = 1500;

/**
 * Two letters after one another (`g` then `s`), outside of text fields. The second letter is taken before single-letter
 * keys of the page see it.
 */
export function useKeySequence(first: string, seconds: Readonly<Record<string, () => void>>): void {
  const latest = useRef(seconds);
  latest.current = seconds;
  useEffect(() => {
    let until = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      const isInField = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
      if (isInField || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (document.querySelector("dialog[open], [popover]:popover-open")) return;
      const key = event.key.toLowerCase();
      const run = event.timeStamp < until ? latest.current[key] : undefined;
      until = key === first ? event.timeStamp + secondWithinMs : 0;
      if (run === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      until = 0;
      run();
    };
    addEventListener("keydown", onKeyDown, { capture: true });
    return () => removeEventListener("keydown", onKeyDown, { capture: true });
  }, [first]);
}
