import type { StartAgentRun } from "../../shared/agents.ts";
import type { RunRecord } from "./run-record.ts";

/** What the feature itself adds to what a page may ask. */
export interface RunRequest extends StartAgentRun {
  readonly chain?: RunRecord["chain"];
  /** Agents of the chain before this one. */
  readonly ran?: readonly string[];
  readonly call?: RunRecord["call"];
}
