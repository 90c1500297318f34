import "./log-row.css";
import type { ReactElement } from "react";
import type { LogItemView } from "../../shared/task-log.ts";
import { LogRow, RunningRow } from "./log-row.tsx";

const minuteMs = 60_000;

/** A few entries as the timeline shows them; runs that have no entry yet stand before them. */
export function LogExcerpt(props: {
  readonly items: readonly LogItemView[];
  readonly running: readonly { readonly agent: string; readonly href: string }[];
  readonly addressOf: (ref: string) => string;
}): ReactElement {
  const now = Math.floor(Date.now() / minuteMs) * minuteMs;
  return (
    <ol className="log-excerpt">
      {props.running.map((run) => (
        <li key={run.href}>
          <RunningRow {...run} />
        </li>
      ))}
      {props.items.map((item, at) => (
        <li key={item.kind === "entry" ? item.ref : `invalid ${item.index}`}>
          <LogRow
            at={at}
            item={item}
            href={props.addressOf(item.kind === "entry" ? item.ref : "")}
            isOpen={false}
            now={now}
          />
        </li>
      ))}
    </ol>
  );
}
