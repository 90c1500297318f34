/** What AGENTS.md is read into. All spans are offsets into the file's bytes. */
import type { InvalidItem, RecordField, RecordProblem, Span } from "../records/record.ts";
import type { AgentFacts } from "./agent-fields.ts";

/** `instructions`: the file speaks to coding agents and names no roster, which is the usual case elsewhere. */
export type RosterKind = "roster" | "instructions" | "foreign";

/** How an agent is written down; all but `record` are import views, read-only until a person converts them. */
export type AgentShape =
  | "record"
  /** `## Roles` with `- **Name** – text`. */
  | "roles-list"
  /** ``### Agent: `x` (Title)`` with `- **Type**:`. */
  | "agent-heading"
  /** A row of a table with a column Agent or Role. */
  | "table-row"
  /** `## Agent: Name` with `### Responsibilities`. */
  | "responsibilities"
  /** `.codex/agents/*.md`. */
  | "agent-file";

export type AgentProblem =
  | RecordProblem
  | "missing-role"
  | "missing-goal"
  | "missing-backstory"
  | "unknown-field"
  /** `Writes` is there and is no single path below `.codex/`. */
  | "writes-invalid"
  | "foreign";

export interface RosterAgent extends AgentFacts {
  /** For foreign rosters made from the name. */
  readonly key: string;
  /** As written: the key, or a foreign roster's name. */
  readonly name: string;
  readonly shape: AgentShape;
  readonly isReadOnly: boolean;
  /** An agent above has the same key; runs use the first. */
  readonly isDuplicate: boolean;
  readonly problems: readonly AgentProblem[];
  readonly span: Span;
  /** All bullets with a bold name, the unknown ones too. */
  readonly fields: readonly RecordField[];
  /** The text of `span`. */
  readonly raw: string;
}

export interface Roster {
  readonly kind: RosterKind;
  readonly agents: readonly RosterAgent[];
  readonly invalid: readonly InvalidItem[];
  /** All before the first agent. */
  readonly preamble: Span;
}

/** What an agent is written from. */
export interface NewAgent {
  readonly key: string;
  readonly role: string;
  readonly goal: string;
  readonly backstory: string;
  readonly writes?: string;
  readonly reads?: readonly string[];
  readonly next?: string;
  readonly model?: string;
}
