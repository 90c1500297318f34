import type { ReactElement } from "react";
import type { AgentRunStatus } from "../../shared/agents.ts";
import { statusWords } from "./agents-words.ts";

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

export function RunBadge({ status }: { readonly status: AgentRunStatus }): ReactElement {
  return <span className={`badge run-badge ${tones[status]}`}>{statusWords[status]}</span>;
}
