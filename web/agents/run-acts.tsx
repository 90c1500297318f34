import { type ReactElement, useState } from "react";
import type { AgentRunView } from "../../shared/agents.ts";
import { Icon } from "../ui/icons.tsx";
import { runWords as words } from "./agents-words.ts";
import { fileName } from "./file-name.ts";
import { RejectDialog } from "./reject-dialog.tsx";
import type { RunDecision } from "./use-run-decision.ts";

function acceptWords({ mode, busy, segments, left }: RunDecision): string {
  if (busy === "accept") return words.accepting;
  if (mode === "edit") return words.acceptEdited;
  if (mode === "review") return words.accept;
  const all = segments.filter(({ kind }) => kind === "change").length;
  return words.acceptPicked(all - left.size, all);
}

function WaitingActs({ run, decision }: { readonly run: AgentRunView; readonly decision: RunDecision }): ReactElement {
  const [isRejecting, setRejecting] = useState(false);
  const { mode, comparison, busy } = decision;
  const isOff = busy !== undefined || !decision.hasChange;
  return (
    <>
      {comparison === undefined && (
        <button type="button" className="button button-main" onClick={decision.compareAgain}>
          {words.compareAgain}
        </button>
      )}
      {comparison !== undefined && (
        <button
          type="button"
          className="button button-main"
          aria-disabled={isOff}
          title={decision.hasChange ? undefined : words.nothingTaken}
          onClick={decision.accept}
        >
          {acceptWords(decision)}
          {mode === "review" && busy === undefined && <kbd className="wide-only">{words.acceptKeys}</kbd>}
        </button>
      )}
      {comparison !== undefined && mode === "review" && (
        <>
          <button type="button" className="button" onClick={() => decision.setMode("edit")}>
            {words.edit}
          </button>
          <button type="button" className="button" onClick={() => decision.setMode("pick")}>
            {words.pick}
          </button>
        </>
      )}
      {mode !== "review" && (
        <button type="button" className="button" onClick={() => decision.setMode("review")}>
          {words.back}
        </button>
      )}
      <button type="button" className="button button-harm agent-act-end" onClick={() => setRejecting(true)}>
        {words.reject}
      </button>
      {isRejecting && (
        <RejectDialog
          file={fileName(run.target)}
          close={() => setRejecting(false)}
          reject={(reason) => decision.reject(reason)}
        />
      )}
    </>
  );
}

const canAskAgain = new Set(["refused", "failed", "stopped", "interrupted", "rejected"]);

/** What can be done about a run now; null when nothing can. */
export function runActs(run: AgentRunView, decision: RunDecision): ReactElement | undefined {
  if (run.status === "running") {
    return (
      <button type="button" className="button" aria-disabled={decision.busy === "stop"} onClick={decision.stop}>
        <Icon name="stop" />
        {decision.busy === "stop" ? words.stopping : words.stop}
      </button>
    );
  }
  if (run.status === "waiting" && !run.isScratch) return <WaitingActs run={run} decision={decision} />;
  if (!canAskAgain.has(run.status)) return undefined;
  return (
    <button
      type="button"
      className="button"
      aria-disabled={decision.busy === "again"}
      onClick={() => decision.again("")}
    >
      <Icon name="again" />
      {decision.busy === "again" ? words.asking : words.askAgain}
    </button>
  );
}
