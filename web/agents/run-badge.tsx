import "./agents.css";
import type { ReactElement } from "react";
import type { AgentRunStatus } from "../../shared/agents.ts";
import { statusWords, triedWord } from "./agents-words.ts";

const tones: Readonly<Record<AgentRunStatus, string>> = {
  running: "badge-dashed",
  waiting: "badge-marker",
  written: "badge-good",
  refused: "badge-bad",
  failed: "badge-bad",
  rejected: "badge-line",
  stopped: "badge-line",
  interrupted: "badge-line",
};

/** How a run stands. A scratch run ends with its answer: nothing of it can be written. */
export function RunBadge(props: {
  readonly status: AgentRunStatus;
  readonly isScratch?: boolean | undefined;
}): ReactElement {
  const { status } = props;
  if (props.isScratch === true && status === "rejected") {
    return <span className="badge run-badge badge-dashed">{triedWord}</span>;
  }
  return <span className={`badge run-badge ${tones[status]}`}>{statusWords[status]}</span>;
}
