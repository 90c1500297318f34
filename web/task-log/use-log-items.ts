import { useCallback, useEffect, useRef, useState } from "react";
import { useEventStream } from "../platform/event-stream-context.tsx";
import { byTaskLog } from "../platform/touched-by.ts";
import { fetchLogItems, type LogFilter } from "./log-api.ts";
import { LogFeed } from "./log-feed.ts";
import { emptyWindow, type LogWindow } from "./log-window.ts";

export interface LogItems {
  readonly window: LogWindow;
  /** No answer has come yet. */
  readonly isFirst: boolean;
  readonly problem: unknown;
  /** Tells which rows are in view. */
  readonly show: (first: number, last: number) => void;
  readonly refresh: () => void;
}

/** The log's items that match, as far as they are looked at; follows the file. */
export function useLogItems(filter: LogFilter): LogItems {
  const stream = useEventStream();
  const key = JSON.stringify(filter);
  const [state, setState] = useState<{ key: string; window: LogWindow; problem: unknown }>();
  const feed = useRef<LogFeed>(undefined);
  useEffect(() => {
    const wanted = JSON.parse(key) as LogFilter;
    const made = new LogFeed({
      fetch: (from, count, signal) => fetchLogItems(wanted, from, count, signal),
      onChange: (window, problem) => setState({ key, window, problem }),
    });
    feed.current = made;
    // Not at once: who types a word asks for it as a whole.
    made.show(0, 0);
    const end = stream.subscribe("workspace", (signal) => {
      if (signal.kind !== "event" || byTaskLog(signal.event)) made.refresh();
    });
    return () => {
      end();
      made.end();
    };
  }, [key, stream]);
  const show = useCallback((first: number, last: number) => feed.current?.show(first, last), []);
  const refresh = useCallback(() => feed.current?.refresh(), []);
  const isFirst = state === undefined || state.key !== key;
  return { window: isFirst ? emptyWindow : state.window, isFirst, problem: state?.problem, show, refresh };
}
