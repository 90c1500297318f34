import "./log-row.css";
import "./log-list.css";
import { type ReactElement, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { LogRow, WaitingRow } from "./log-row.tsx";
import { itemAt, type LogWindow, placeOf } from "./log-window.ts";
import { useListArrows } from "./use-list-arrows.ts";
import { words } from "./words.ts";

const rowHeight = 52;
const minuteMs = 60_000;

export interface LogListProps {
  readonly window: LogWindow;
  readonly openRef: string | undefined;
  /** The address of an entry, in the list as it is filtered now. */
  readonly addressOf: (ref: string) => string;
  readonly show: (first: number, last: number) => void;
  /** Where in the file the entry lies that the list opens at; only of the list without filters. */
  readonly startAt: number | undefined;
}

/** The timeline, newest first; only what is in view is there, whatever its length. */
export function LogList(props: LogListProps): ReactElement {
  const { window, show, startAt } = props;
  const area = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const before = useRef(window.total);
  useListArrows(area, list, window.total);
  const rows = useMemo(() => ({ length: window.total }), [window.total]);
  // Entries came on top while the reader is further down: what is read stays where it is.
  const isShifted = window.total > before.current && (area.current?.scrollTop ?? 0) > rowHeight;
  useLayoutEffect(() => {
    before.current = window.total;
  });
  const tell = (): void => {
    const handle = list.current;
    if (!handle) return;
    const first = handle.findItemIndex(handle.scrollOffset);
    show(first, handle.findItemIndex(handle.scrollOffset + handle.viewportSize) + 10);
  };
  const hasItems = window.total > 0;
  useEffect(() => {
    if (startAt !== undefined && hasItems) list.current?.scrollToIndex(Math.max(0, startAt), { align: "center" });
  }, [startAt, hasItems]);
  const now = Math.floor(Date.now() / minuteMs) * minuteMs;
  return (
    // It takes the focus so that keys scroll it.
    <section
      ref={area}
      className="page-content log-area"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys
      tabIndex={0}
      aria-label={words.taskLog}
    >
      <Virtualizer
        ref={list}
        scrollRef={area}
        data={rows}
        shift={isShifted}
        itemSize={rowHeight}
        bufferSize={600}
        onScroll={tell}
        onResize={tell}
      >
        {(_, index) => {
          const item = itemAt(window, index);
          const key = placeOf(window, index);
          if (!item) return <WaitingRow key={key} />;
          const ref = item.kind === "entry" ? item.ref : "";
          return (
            <LogRow
              key={key}
              at={index}
              item={item}
              href={props.addressOf(ref)}
              isOpen={ref !== "" && ref === props.openRef}
              now={now}
            />
          );
        }}
      </Virtualizer>
    </section>
  );
}
