import type { ReactElement } from "react";
import type { AgentRunSummary } from "../../shared/agents.ts";
import { directionOf } from "../ui/direction.ts";
import { visibleText } from "../ui/markdown/visible-text.tsx";
import { goalLine } from "./goal-line.ts";

/** What a run was asked for, in one line; of a rejected one also why. */
export function RunGoal({ run }: { readonly run: AgentRunSummary }): ReactElement {
  return (
    <span dir={directionOf(run.goal)}>
      {visibleText(goalLine(run.goal))}
      {run.rejection !== undefined && (
        <>
          {" "}
          <q className="agent-note">{visibleText(run.rejection)}</q>
        </>
      )}
    </span>
  );
}
