import { useEffect } from "react";
import { useEventStream } from "../platform/event-stream-context.tsx";
import { useToast } from "../ui/toasts.tsx";
import { words } from "./words.ts";

/** Says it when somebody else changed the open file: what is read has just become another text. */
export function useChangedOnDisk(id: string): void {
  const stream = useEventStream();
  const show = useToast();
  useEffect(
    () =>
      stream.subscribe(`conversation:${id}`, (signal) => {
        if (signal.kind !== "event" || signal.event.type !== "conversation-reloaded") return;
        if (signal.event.reason !== "changed-on-disk") return;
        show({ text: words.changedOnDisk, detail: words.shownNow, subject: `changed ${id}` });
      }),
    [stream, show, id],
  );
}
