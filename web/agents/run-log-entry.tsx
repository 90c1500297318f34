import type { ReactElement } from "react";
import { Link } from "wouter";
import type { AgentRunView } from "../../shared/agents.ts";
import { logAddress } from "../platform/studio-address.ts";
import { StateDot } from "../ui/state-dot.tsx";
import { runWords as words } from "./agents-words.ts";
import { LogEntryText } from "./log-entry-text.tsx";

/** The run's entry in the task log: dashed while it is only proposed, solid once it is there. */
export function RunLogEntry(props: {
  readonly run: AgentRunView;
  /** One line that opens. */
  readonly isFolded?: boolean;
}): ReactElement | null {
  const { run } = props;
  const isWritten = run.taskId !== undefined;
  const title = isWritten ? words.logWritten : words.logOnAccept;
  if (run.isScratch || (run.logEntry === undefined && run.status !== "waiting")) return null;
  if (props.isFolded === true && run.logEntry !== undefined) {
    return (
      <details className="agent-log input-part">
        <summary>
          <span className="input-part-name">{title}</span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys */}
        <pre className="agent-log-text" dir="ltr" tabIndex={0}>
          <LogEntryText text={run.logEntry} />
        </pre>
      </details>
    );
  }
  return (
    <section className="agent-log" aria-label={title}>
      <div className="agent-log-head">
        <StateDot state={isWritten ? "solid" : "ring"} label={title} />
        <h3>{title}</h3>
        {isWritten ? (
          <Link className="text-link mono" href={logAddress(run.id)}>
            TASK-LOG.json
          </Link>
        ) : (
          <span className="mono">TASK-LOG.json</span>
        )}
      </div>
      {run.logEntry === undefined && <p className="agent-note">{words.noLogPreview}</p>}
      {run.logEntry !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region is reached by keys
        <pre className="agent-log-text" data-written={isWritten ? "" : undefined} dir="ltr" tabIndex={0}>
          <LogEntryText text={run.logEntry} />
        </pre>
      )}
    </section>
  );
}
