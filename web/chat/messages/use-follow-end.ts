import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const nearEnd = 32;
/** A scroll so soon after a wheel, touch, key or press is the reader's. */
const inputCountsMs = 500;
/** So long after the opening a list that measures its rows may move the view; nobody scrolled. */
const settlesMs = 1500;
const inputs = ["wheel", "touchmove", "keydown", "pointerdown", "focusin"] as const;

function distanceToEnd(area: HTMLElement): number {
  return area.scrollHeight - area.scrollTop - area.clientHeight;
}

/** When the reader last touched the list, in `performance.now()`. */
function useLastInput(area: RefObject<HTMLElement | null>): RefObject<number> {
  const lastInput = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onInput = (): void => {
      lastInput.current = performance.now();
    };
    for (const input of inputs) element.addEventListener(input, onInput, { passive: true });
    return () => {
      for (const input of inputs) element.removeEventListener(input, onInput);
    };
  }, [area]);
  return lastInput;
}

/** Calls `stay` whenever the list or what is in it changes its size; answers when it was opened, in `performance.now()`. */
function useSizes(area: RefObject<HTMLElement | null>, stay: () => void): RefObject<number> {
  const openedAt = useRef(0);
  useLayoutEffect(() => {
    const element = area.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    openedAt.current = performance.now();
    const sizes = new ResizeObserver(stay);
    sizes.observe(content);
    sizes.observe(element);
    stay();
    return () => sizes.disconnect();
  }, [area, stay]);
  return openedAt;
}

/**
 * Keeps the end in view while the reader is at it. Who scrolled up stays where they are, whatever grows below;
 * `isAtEnd` then says so, for the "Latest" button.
 */
export function useFollowEnd(area: RefObject<HTMLElement | null>): {
  readonly isAtEnd: boolean;
  readonly toEnd: () => void;
  /** From here on the reader is where they are. */
  readonly leaveEnd: () => void;
} {
  const follows = useRef(true);
  const lastTop = useRef(0);
  const lastInput = useLastInput(area);
  /** The view was led elsewhere: until the reader moves it, no scroll of the list's own means the end again. */
  const isLed = useRef(false);
  const [isAtEnd, setAtEnd] = useState(true);
  const stay = useCallback((): void => {
    const element = area.current;
    if (!element || !follows.current) return;
    element.scrollTop = element.scrollHeight;
    // Not only where the last event was: text that grew between two events would hide that the reader went up.
    lastTop.current = element.scrollTop;
  }, [area]);
  const toEnd = useCallback(() => {
    isLed.current = false;
    follows.current = true;
    setAtEnd(true);
    stay();
  }, [stay]);
  const openedAt = useSizes(area, stay);

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onScroll = (): void => {
      const now = performance.now();
      const distance = distanceToEnd(element);
      const wentUp = element.scrollTop < lastTop.current;
      const isByHand = now - lastInput.current < inputCountsMs;
      if (isByHand) isLed.current = false;
      if (isLed.current) {
        lastTop.current = element.scrollTop;
        return;
      }
      if (wentUp && !isByHand && now - openedAt.current < settlesMs) return stay();
      lastTop.current = element.scrollTop;
      if (distance <= 1 || (!wentUp && distance <= nearEnd)) follows.current = true;
      else if (wentUp && (isByHand || distance > nearEnd)) follows.current = false;
      setAtEnd(follows.current);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [area, stay, lastInput, openedAt]);

  const leaveEnd = useCallback(() => {
    isLed.current = true;
    follows.current = false;
    setAtEnd(false);
  }, []);
  return { isAtEnd, toEnd, leaveEnd };
}
