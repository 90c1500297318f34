/** An agent as the offered roster names it; the fields of a record of AGENTS.md. */
export interface DefaultAgent {
  readonly key: string;
  readonly role: string;
  readonly goal: string;
  readonly backstory: string;
  /** The one file that it may write; a `*` stands for a name that the run chooses. */
  readonly writes: string;
  readonly reads: readonly string[];
  readonly next: string;
  /** Needs no model. */
  readonly isBuiltIn?: true;
}
