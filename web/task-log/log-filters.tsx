import "./log-filters.css";
import type { ReactElement } from "react";
import type { TaskLogView } from "../../shared/task-log.ts";
import { Icon } from "../ui/icons.tsx";
import { withMarks } from "../ui/markdown/invisible.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { type LogFilter, noFilter } from "./log-api.ts";
import { words } from "./words.ts";

const about = ["proposal", "feedback", "file"] as const;

export function isNarrowed(filter: LogFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(noFilter);
}

function Choice(props: {
  readonly label: string;
  readonly any: string;
  readonly value: string;
  readonly values: readonly string[];
  readonly choose: (value: string) => void;
}): ReactElement {
  const values =
    props.value === "" || props.values.includes(props.value) ? props.values : [...props.values, props.value];
  return (
    <select
      className="input log-choice"
      aria-label={props.label}
      value={props.value}
      data-chosen={props.value !== "" || undefined}
      onChange={(event) => props.choose(event.currentTarget.value)}
    >
      <option value="">{props.any}</option>
      {values.map((value) => (
        <option key={value} value={value}>
          {withMarks(value)}
        </option>
      ))}
    </select>
  );
}

/** What of the log is shown: text, agent, status, problems; and how many entries that are. */
export function LogFilters(props: {
  readonly log: TaskLogView | undefined;
  readonly filter: LogFilter;
  readonly change: (filter: LogFilter) => void;
  readonly found: number | undefined;
}): ReactElement {
  const { log, filter, change, found } = props;
  const all = log ? log.counts.entries + log.counts.invalid : 0;
  const unreadable = log?.counts.invalid ?? 0;
  const isNarrow = isNarrowed(filter);
  return (
    <search className="log-filters">
      <label className="log-find">
        <Icon name="search" />
        <input
          className="input"
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          dir="auto"
          value={filter.text}
          onChange={(event) => change({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <Choice
        label={words.agent}
        any={words.anyAgent}
        value={filter.agent}
        values={log?.agents ?? []}
        choose={(agent) => change({ ...filter, agent })}
      />
      <Choice
        label={words.status}
        any={words.anyStatus}
        value={filter.status}
        values={log?.statuses ?? []}
        choose={(status) => change({ ...filter, status })}
      />
      <label className="log-check">
        <input
          type="checkbox"
          checked={filter.hasProblems}
          onChange={(event) => change({ ...filter, hasProblems: event.currentTarget.checked })}
        />
        {words.hasProblems}
        {log !== undefined && log.counts.withProblems + log.counts.invalid > 0 && (
          <span className="numbers log-count">
            {(log.counts.withProblems + log.counts.invalid).toLocaleString("en")}
          </span>
        )}
      </label>
      {about
        .filter((name) => filter[name] !== "")
        .map((name) => (
          <button
            key={name}
            type="button"
            className="button log-about"
            onClick={() => change({ ...filter, [name]: "" })}
          >
            {words.about[name]} <bdi className="mono">{visibleText(filter[name])}</bdi>
            <Icon name="close" size={14} />
          </button>
        ))}
      {isNarrow && (
        <button type="button" className="button button-quiet" onClick={() => change(noFilter)}>
          {words.clear}
        </button>
      )}
      <p className="log-found numbers" role="status">
        <bdi>
          {found !== undefined && (isNarrow ? words.ofEntries(found, all) : words.entries(all - unreadable))}
          {!isNarrow && unreadable > 0 && `, ${words.unreadable(unreadable)}`}
        </bdi>
      </p>
    </search>
  );
}
