import { type RefObject, useEffect } from "react";

const notHere = "input, textarea, select, form, [contenteditable], dialog, [popover]";

/** `+` and `-` press the thumbs of the message that has the focus; nothing while one writes. */
export function useThumbKeys(up: RefObject<HTMLElement | null>, down: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const article = up.current?.closest("article");
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const thumb = { "+": up, "-": down }[event.key];
      if (!thumb?.current || (event.target as Element).closest(notHere)) return;
      event.preventDefault();
      thumb.current.click();
    };
    article?.addEventListener("keydown", onKeyDown);
    return () => article?.removeEventListener("keydown", onKeyDown);
  }, [up, down]);
}
