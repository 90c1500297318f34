import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { MessageView } from "../../../shared/chat.ts";

const shownForMs = 3000;
/** Above the message, so that one sees that it has a beginning. */
const gapAbove = 24;
const looksForMs = 3000;

/** The message that was looked for: brought into view, given the focus, and marked for a moment (`id`). */
export function useFoundMessage(options: {
  readonly area: RefObject<HTMLElement | null>;
  readonly rows: RefObject<VirtualizerHandle | null>;
  readonly messages: readonly MessageView[];
  readonly leaveEnd: () => void;
}): { readonly id: string | undefined; readonly show: (id: string) => void } {
  const latest = useRef(options);
  latest.current = options;
  const [id, setId] = useState<string>();
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => setId(undefined), shownForMs);
    return () => clearTimeout(timer);
  }, [id]);
  const show = useCallback((wanted: string): void => {
    const { area, rows, messages, leaveEnd } = latest.current;
    const index = messages.findIndex((message) => message.id === wanted);
    if (index === -1) return;
    leaveEnd();
    const since = performance.now();
    // Its row is drawn once the list has scrolled there, and takes the focus once the list has measured it.
    const look = (): void => {
      rows.current?.scrollToIndex(index, { align: "start", offset: -gapAbove });
      const article = area.current?.querySelector<HTMLElement>(`article[data-id="${CSS.escape(wanted)}"]`);
      article?.focus({ preventScroll: true });
      const isThere = document.activeElement?.getAttribute("data-id") === wanted;
      if (isThere || performance.now() - since > looksForMs) setId(wanted);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, []);
  return { id, show };
}
