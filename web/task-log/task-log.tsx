import type { ReactElement, ReactNode } from "react";
import type { TaskLogView } from "../../shared/task-log.ts";
import { byTaskLog } from "../platform/touched-by.ts";
import { useResource } from "../platform/use-resource.tsx";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { PageBar } from "../ui/page-bar.tsx";
import { StateDot } from "../ui/state-dot.tsx";
import { LogBanners } from "./log-banners.tsx";
import { LogContent } from "./log-content.tsx";
import { isNarrowed, LogFilters } from "./log-filters.tsx";
import { LogPanel } from "./log-panel.tsx";
import { useAcknowledge } from "./use-acknowledge.ts";
import { useLogItems } from "./use-log-items.ts";
import { useLogPlace } from "./use-log-place.ts";
import { words } from "./words.ts";

function LogPath({ log }: { readonly log: TaskLogView }): ReactElement {
  const isBroken = log.append === "pending";
  const isSound = log.history.state !== "rewritten" && !isBroken;
  const state = isBroken ? words.broken : words.history[log.history.state];
  return (
    <>
      <span>
        <bdi dir="ltr">
          {visibleText(log.path)} · {words.entries(log.counts.entries)} · {state}
        </bdi>
      </span>
      <StateDot state={isSound ? "solid" : "bad"} label={state} />
    </>
  );
}

/** The whole log: what is true of it, what is looked for, the timeline, and what is open beside it. */
export function TaskLog(props: {
  readonly openSide: ReactNode;
  readonly isDocument: (path: string) => boolean;
}): ReactElement {
  const { value: log, problem, refresh } = useResource<TaskLogView>("/task-log", byTaskLog);
  const { filter, panel, setFilter, openPanel, addressOf, plainAddressOf } = useLogPlace();
  const items = useLogItems(filter);
  const refreshAll = (): void => {
    refresh();
    items.refresh();
  };
  const acknowledge = useAcknowledge(log?.revision, () => {
    refreshAll();
    if (panel?.kind === "history") openPanel(undefined);
  });
  const canAdd = log !== undefined && log.append !== "none";
  const isNarrow = isNarrowed(filter);
  const isCounted = !items.isFirst && (items.problem === undefined || items.window.total > 0);
  return (
    <>
      <PageBar openSide={props.openSide} title={words.taskLog} path={log?.exists ? <LogPath log={log} /> : undefined}>
        {canAdd && (
          <button type="button" className="button" onClick={() => openPanel({ kind: "new" })}>
            <Icon name="plus" />
            <span className="act-words">{words.newEntry}</span>
          </button>
        )}
      </PageBar>
      {log && (
        <LogBanners
          log={log}
          showHistory={() => openPanel({ kind: "history" })}
          acknowledge={acknowledge}
          refresh={refreshAll}
        />
      )}
      {(isNarrow || items.isFirst || items.window.total > 0) && (
        <LogFilters log={log} filter={filter} change={setFilter} found={isCounted ? items.window.total : undefined} />
      )}
      <div className="page-columns">
        <LogContent
          key={JSON.stringify(filter)}
          items={items}
          problem={items.problem ?? problem}
          isNarrow={isNarrow}
          openRef={panel?.kind === "entry" ? panel.ref : undefined}
          addressOf={addressOf}
          retry={refreshAll}
        />
        {panel && log && (
          <LogPanel
            key={panel.kind}
            log={log}
            panel={panel}
            isDocument={props.isDocument}
            addressOf={plainAddressOf}
            open={openPanel}
            acknowledge={acknowledge}
            refresh={refreshAll}
          />
        )}
      </div>
    </>
  );
}
