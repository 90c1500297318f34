import "./log-history.css";
import type { ReactElement } from "react";
import type { LogEntryView, LogHistoryView } from "../../shared/task-log.ts";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { changedLines } from "./changed-lines.ts";
import { words } from "./words.ts";

/** The lines of `raw` that the other text does not have, washed, with one line before and after them. */
function Raw(props: { readonly raw: string; readonly other: string; readonly tone: "good" | "bad" }): ReactElement {
  return (
    <pre className="log-raw" dir="ltr">
      {changedLines(props.raw, props.other).map(({ line, text, isChanged }) => (
        <span key={line} className={isChanged ? `history-line history-line-${props.tone}` : "history-line"}>
          {text}
          {"\n"}
        </span>
      ))}
    </pre>
  );
}

const nameOf = (entry: LogEntryView): string => entry.taskId ?? entry.ref;

function Entry({ entry }: { readonly entry: LogEntryView }): ReactElement {
  return (
    <div className="history-entry">
      <p className="log-facts">
        <bdi className="mono">{visibleText(nameOf(entry))}</bdi> ·{" "}
        <bdi>{visibleText(entry.agent ?? words.noAgent)}</bdi> · <bdi>{visibleText(entry.date ?? "")}</bdi>
      </p>
      <p className="log-summary" dir={directionOf(entry.summary)}>
        {visibleText(entry.summary)}
      </p>
    </div>
  );
}

/** What was lost, changed and put in between, entry by entry, against what Folio had seen last. */
export function LogHistory({ history }: { readonly history: LogHistoryView }): ReactElement {
  const { lost = [], changed = [], inserted = [], added = 0 } = history;
  const besides = added - inserted.length;
  return (
    <>
      {lost.length > 0 && (
        <section className="history-part" aria-label={words.lost}>
          <h3>
            {words.lost} <span className="badge badge-bad">{lost.length}</span>
          </h3>
          <p className="history-note">{words.putBackNote}</p>
          {lost.map((entry) => (
            <Entry key={entry.ref} entry={entry} />
          ))}
        </section>
      )}
      {changed.length > 0 && (
        <section className="history-part" aria-label={words.changed}>
          <h3>
            {words.changed} <span className="badge badge-line">{changed.length}</span>
          </h3>
          {changed.map(({ before, now }) => (
            <div key={`${before.ref} ${now.ref}`} className="history-entry">
              <p className="log-facts">
                <bdi className="mono">{visibleText(nameOf(before))}</bdi>
              </p>
              <p className="history-side">{words.before}</p>
              <Raw raw={before.raw} other={now.raw} tone="bad" />
              <p className="history-side">{words.now}</p>
              <Raw raw={now.raw} other={before.raw} tone="good" />
            </div>
          ))}
        </section>
      )}
      {inserted.length > 0 && (
        <section className="history-part" aria-label={words.inserted}>
          <h3>
            {words.inserted} <span className="badge badge-line">{inserted.length}</span>
          </h3>
          <p className="history-note">{words.insertedNote}</p>
          {inserted.map((entry) => (
            <Entry key={`${entry.index} ${entry.ref}`} entry={entry} />
          ))}
        </section>
      )}
      {besides > 0 && <p className="history-note">{words.added(besides)}</p>}
    </>
  );
}
