/** What the scenario says on standard output, one JSON object a line. */
export interface ScenarioLine {
  readonly event: "ready" | "recovered" | "try" | "done" | "failed" | "released" | "closing" | "end";
  /** Of a document: what it holds after the step; "gone" when it is removed. */
  readonly path?: string;
  readonly text?: string;
  /** Of a journal entry. */
  readonly key?: string;
  readonly number?: number;
  readonly code?: string;
}
