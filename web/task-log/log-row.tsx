import { memo, type ReactElement } from "react";
import { Link } from "wouter";
import type { LogEntryView, LogInvalidView, LogItemView } from "../../shared/task-log.ts";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { clockOrDay } from "../ui/time-words.ts";
import { words } from "./words.ts";

/** `refused` and `failed` are told by a word and a colour; everything else by nothing. */
const badStatuses: ReadonlySet<string> = new Set(["refused", "failed"]);

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** When, for the narrow column; a bare date has no clock. */
function timeOf(entry: LogEntryView, now: Date): string {
  if (entry.at !== undefined) return clockOrDay(new Date(entry.at), now);
  if (entry.date === undefined) return "";
  const time = new Date(`${entry.date.slice(0, 10)}T12:00:00`);
  if (Number.isNaN(time.getTime())) return entry.date;
  return time.toDateString() === now.toDateString() ? "today" : clockOrDay(time, now);
}

/** The word before the summary says "refused" already. */
function saidOnce({ status, summary }: LogEntryView): string {
  if (!badStatuses.has(status) || !summary.toLowerCase().startsWith(`${status}: `)) return summary;
  const rest = summary.slice(status.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function Facts({ entry }: { readonly entry: LogEntryView }): ReactElement {
  const [file, ...more] = entry.outputFiles;
  return (
    <>
      {entry.taskId !== undefined && <bdi className="mono">{visibleText(entry.taskId)}</bdi>}
      {entry.ofSame && <span> · {words.ofSame(entry.ofSame.number, entry.ofSame.count)}</span>}
      {entry.taskId !== undefined && " · "}
      <bdi>{visibleText(entry.agent ?? words.noAgent)}</bdi>
      {file && more.length === 0 && (
        <>
          {" · "}
          <bdi className="mono" dir="ltr">
            {visibleText(fileName(file.path))}
          </bdi>
        </>
      )}
      {more.length > 0 && " · "}
      {more.length > 0 && <bdi>{words.files(more.length + 1)}</bdi>}
    </>
  );
}

export interface LogRowProps {
  /** Its place in the list, from the newest. */
  readonly at: number;
  readonly item: LogItemView;
  readonly href: string;
  readonly isOpen: boolean;
  /** How the time is counted from: the minute, so that rows are not drawn anew for nothing. */
  readonly now: number;
}

export const LogRow = memo(function LogRow({ at, item, href, isOpen, now }: LogRowProps): ReactElement {
  if (item.kind === "invalid") return <InvalidRow item={item} />;
  const isBad = badStatuses.has(item.status);
  const [problem, ...others] = item.problems;
  return (
    <div className="log-row" data-at={at} data-state={isBad ? "bad" : "done"}>
      <time className="log-time numbers" dateTime={item.at ?? item.date}>
        <bdi>{visibleText(timeOf(item, new Date(now)))}</bdi>
      </time>
      <span className="log-dot" />
      <Link className="log-link" href={href} aria-current={isOpen ? "true" : undefined}>
        <span className="log-summary" dir={directionOf(item.summary)}>
          {isBad && <span className="badge badge-bad">{item.status}</span>}
          {isBad && " "}
          {item.summary === "" ? words.invalid : saidOnce(item)}
        </span>
        <span className="log-facts">
          <Facts entry={item} />
          {item.supersedes !== undefined && ` · ${words.putBackEntry}`}
          {item.status !== "completed" && !isBad && ` · ${item.status}`}
        </span>
        {problem !== undefined && (
          <span className="log-problem">
            <bdi>
              {visibleText(problem)}
              {others.length > 0 && `, ${words.more(others.length)}`}
            </bdi>
          </span>
        )}
      </Link>
    </div>
  );
});

/** Shown in its place, with why and as it stands in the file. */
function InvalidRow({ item }: { readonly item: LogInvalidView }): ReactElement {
  return (
    <div className="log-row" data-state="bad">
      <span className="log-time" />
      <span className="log-dot" />
      <div className="log-invalid">
        <p className="log-problem">
          {words.invalid}: <bdi>{visibleText(item.reason)}</bdi>
        </p>
        {item.sides === undefined ? (
          <pre className="log-raw" dir="ltr">
            {item.raw}
          </pre>
        ) : (
          <div className="log-sides">
            {item.sides.map((side) => (
              <div key={side.name}>
                <p className="log-facts">{words.sides(side.name)}</p>
                <pre className="log-raw" dir="ltr">
                  {side.raw}
                </pre>
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** A run that has no entry yet: a dashed ring. */
export function RunningRow(props: { readonly agent: string; readonly href: string }): ReactElement {
  return (
    <div className="log-row" data-state="running">
      <span className="log-time">now</span>
      <span className="log-dot" />
      <Link className="log-link" href={props.href}>
        <span className="log-summary">{words.running}</span>
        <span className="log-facts">
          {words.notLogged} · <bdi>{visibleText(props.agent)}</bdi>
        </span>
      </Link>
    </div>
  );
}

/** Room for an entry that is still on its way. */
export function WaitingRow(): ReactElement {
  return (
    <div className="log-row log-row-waiting" data-state="done" aria-hidden="true">
      <span className="log-time" />
      <span className="log-dot" />
      <div className="log-link">
        <span className="log-skeleton" />
        <span className="log-skeleton log-skeleton-short" />
      </div>
    </div>
  );
}
