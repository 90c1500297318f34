import type { ReactElement } from "react";
import { useWaiting } from "./use-waiting.ts";
import { words } from "./words.ts";

/** How many things wait for the person; nothing when none does. */
export function WaitingBadge(): ReactElement | null {
  const { length } = useWaiting();
  if (length === 0) return null;
  return (
    <span className="badge badge-marker waiting-badge numbers">
      {length}
      <span className="hidden-text"> {words.waitHidden}</span>
    </span>
  );
}
