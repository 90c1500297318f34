/** What record Markdown is read into: the grammar that AGENTS.md and PROPOSED-TASKS.md share. All spans are in bytes. */

/** From `start` up to, not including, `end`: offsets into the file's bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type RecordKind = "Agent" | "Task";

export type FieldFlag =
  /** `- **Role**: x`. */
  | "colon-outside"
  /** A line ends in two blanks or more, or in a back-slash: a hard break. */
  | "hard-break"
  | "smart-quotes"
  | "empty"
  /** A field of that name stands above; the first one counts. */
  | "repeated";

export interface RecordField {
  readonly name: string;
  /** Trimmed; continuation lines are joined by one blank. */
  readonly value: string;
  /** The whole lines, with their line ends. */
  readonly span: Span;
  /** The value in its lines, without the last line end; from behind the name, also when the value stands below it. */
  readonly valueSpan: Span;
  readonly flags: readonly FieldFlag[];
}

export type RecordProblem =
  /** `## Agent: planner`. */
  | "key-without-back-ticks"
  | "unusual-key"
  /** A record above has the same key; that one counts. */
  | "duplicate-key"
  | "not-utf8"
  | `field-${FieldFlag}`;

export interface MarkdownRecord {
  readonly type: "record";
  readonly kind: RecordKind;
  readonly key: string;
  readonly title?: string;
  /** From the head up to what comes next: fields, body and a closing `---` are in it. */
  readonly span: Span;
  /** The head line with its line end. */
  readonly head: Span;
  readonly fields: readonly RecordField[];
  /** Free Markdown behind the fields, without blank lines around it and without a closing `---`. */
  readonly body: Span;
  readonly problems: readonly RecordProblem[];
}

/** What looks like a record and is none. It is shown in its place and never changed. */
export interface InvalidItem {
  readonly raw: string;
  readonly span: Span;
  readonly reason: string;
}

export interface InvalidRecord extends InvalidItem {
  readonly type: "invalid";
}

/** Text that belongs to no record. */
export interface BetweenRecords {
  readonly type: "between";
  readonly span: Span;
}

/** Preamble and pieces follow one another without a gap and cover the file. */
export interface RecordsFile {
  readonly preamble: Span;
  readonly pieces: readonly (MarkdownRecord | InvalidRecord | BetweenRecords)[];
}
