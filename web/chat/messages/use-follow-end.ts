import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const nearEnd = 32;

function distanceToEnd(area: HTMLElement): number {
  return area.scrollHeight - area.scrollTop - area.clientHeight;
}

/**
 * Keeps the end in view while the reader is at it. Who scrolled up stays where they are, whatever grows below;
 * `isAtEnd` then says so, for the "Latest" button.
 */
export function useFollowEnd(area: RefObject<HTMLElement | null>): {
  readonly isAtEnd: boolean;
  readonly toEnd: () => void;
} {
  const follows = useRef(true);
  const lastTop = useRef(0);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = useCallback(() => {
    follows.current = true;
    setAtEnd(true);
    area.current?.scrollTo({ top: area.current.scrollHeight });
  }, [area]);

  useLayoutEffect(() => {
    const element = area.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const stay = (): void => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    };
    const sizes = new ResizeObserver(stay);
    sizes.observe(content);
    sizes.observe(element);
    stay();
    return () => sizes.disconnect();
  }, [area]);

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onScroll = (): void => {
      const distance = distanceToEnd(element);
      const wentUp = element.scrollTop < lastTop.current;
      lastTop.current = element.scrollTop;
      if (distance <= nearEnd) follows.current = true;
      else if (wentUp) follows.current = false;
      setAtEnd(follows.current);
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [area]);

  return { isAtEnd, toEnd };
}
