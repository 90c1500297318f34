import { type ReactElement, useEffect, useRef } from "react";
import { Link } from "wouter";
import type { AgentRunView } from "../../shared/agents.ts";
import { documentAddress, logAddress } from "../platform/studio-address.ts";
import { Icon } from "../ui/icons.tsx";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { runWords as words } from "./agents-words.ts";
import { fileName } from "./file-name.ts";

const endedBadly = new Set(["refused", "failed", "stopped", "interrupted"]);

/** Takes the focus when a decision took away the button that had it. */
function useFocusAfterDecision(status: AgentRunView["status"]) {
  const line = useRef<HTMLDivElement>(null);
  const before = useRef(status);
  useEffect(() => {
    const wasWaiting = before.current === "waiting";
    before.current = status;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (wasWaiting && status !== "waiting" && isLost) line.current?.focus({ preventScroll: true });
  }, [status]);
  return line;
}

/** How a run has ended: one solid line when it was written, else what happened and what was kept. */
export function RunOutcome({ run }: { readonly run: AgentRunView }): ReactElement {
  const line = useFocusAfterDecision(run.status);
  return (
    <div ref={line} className="agent-outcome" role="status" tabIndex={-1}>
      {run.status === "written" && (
        <p className="agent-outcome-line" data-good="">
          <Icon name="check" />
          <span>
            {words.writtenTo}{" "}
            <Link className="text-link mono" href={documentAddress(run.target)}>
              <bdi dir="ltr">{visibleText(run.target)}</bdi>
            </Link>
            ,{" "}
            {run.taskId === undefined ? (
              words.logWaits
            ) : (
              <>
                {words.loggedAs}{" "}
                <Link className="text-link mono" href={logAddress(run.id)}>
                  <bdi>{visibleText(run.taskId)}</bdi>
                </Link>
              </>
            )}
          </span>
        </p>
      )}
      {run.status === "rejected" && !run.isScratch && (
        <div className="agent-outcome-line">
          <div>
            <p>{words.rejected(fileName(run.target))}</p>
            {run.rejection !== undefined && (
              <>
                <p className="agent-rejection" dir="auto">
                  {words.yourReason} <q>{visibleText(run.rejection)}</q>
                </p>
                <p className="agent-note">{words.reasonGoes}</p>
              </>
            )}
          </div>
        </div>
      )}
      {run.isScratch && (run.status === "waiting" || run.status === "rejected") && (
        <p className="agent-outcome-line">{words.tried}</p>
      )}
      {endedBadly.has(run.status) && (
        <div
          className="agent-outcome-line"
          data-bad={run.status === "refused" || run.status === "failed" ? "" : undefined}
        >
          <Icon name="warning" />
          <div>
            <p className="agent-outcome-title">{visibleText(run.reason?.title ?? words.nothingWritten)}</p>
            {run.reason?.detail !== undefined && <p>{visibleText(run.reason.detail)}</p>}
            {run.taskId !== undefined && (
              <p>
                {words.loggedAs}{" "}
                <Link className="text-link mono" href={logAddress(run.id)}>
                  <bdi>{visibleText(run.taskId)}</bdi>
                </Link>
              </p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
