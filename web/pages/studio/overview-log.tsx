import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunsPage } from "../../../shared/agents.ts";
import type { LogItemsPage, TaskLogView } from "../../../shared/task-log.ts";
import { logAddress, runAddress } from "../../platform/studio-address.ts";
import { byTaskLog } from "../../platform/touched-by.ts";
import { useResource } from "../../platform/use-resource.tsx";
import { LogExcerpt } from "../../task-log/log-excerpt.tsx";
import { Section } from "../../ui/section.tsx";
import { clockOrDay } from "../../ui/time-words.ts";
import { words } from "./words.ts";

/** The last entries, and the runs that will be the next ones. */
export function OverviewLog(props: {
  readonly log: TaskLogView | undefined;
  readonly runs: AgentRunsPage | undefined;
}): ReactElement {
  const { log } = props;
  const items = useResource<LogItemsPage>("/task-log/items?from=0&count=5", byTaskLog).value?.items ?? [];
  const running = (props.runs?.runs ?? []).filter(({ status }) => status === "running");
  const checked = log?.exists
    ? `${words.history[log.history.state]} ${clockOrDay(new Date(log.history.checked), new Date())}`
    : undefined;
  return (
    <Section
      title={words.taskLog}
      note={checked}
      acts={
        <Link className="button button-quiet" href={logAddress()}>
          {words.open}
        </Link>
      }
    >
      {items.length === 0 && running.length === 0 ? (
        <p className="overview-none">{words.nothingLogged}</p>
      ) : (
        <LogExcerpt
          items={items}
          running={running.map(({ id, agent }) => ({ agent, href: runAddress(id) }))}
          addressOf={logAddress}
        />
      )}
    </Section>
  );
}
