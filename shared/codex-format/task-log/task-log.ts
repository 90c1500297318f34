/** What the reading of a task log gives, and what an entry of ours holds. */
import type { LineEnd } from "../../chat-format/bytes.ts";

/** Offsets in bytes of the file; `end` is behind the last byte. */
export type ByteSpan = { readonly start: number; readonly end: number };

/**
 * 0 a JSON array (or nothing yet), 1 other valid JSON, 2 JSON Lines or objects one after the other, 3 broken,
 * 4 Markdown.
 */
export type TaskLogLevel = 0 | 1 | 2 | 3 | 4;

/** How a new entry gets in: into the array, as a line, into the pending queue until a repair, or not at all. */
export type TaskLogAppend = "array" | "lines" | "pending" | "none";

/** A problem of the file as a whole, such as a missing comma. */
export type TaskLogProblem = { readonly offset: number; readonly reason: string };

export type EntryProblemCode =
  | "missing"
  | "type"
  | "date"
  | "path"
  | "duplicate-key"
  /** A summary that is empty or over 500 characters. */
  | "length"
  /** A summary of several lines. */
  | "line-end";

/** `field` is the key in the file, such as `output_files`. */
export type EntryProblem = { readonly field: string; readonly code: EntryProblemCode; readonly reason: string };

/** What a list of entries shows, after aliases; a field that the entry does not have is absent. */
export type ShownTaskLogEntry = {
  readonly taskId?: string;
  readonly agent?: string;
  /** As it is written in the file. */
  readonly date?: string;
  readonly at?: string;
  readonly summary?: string;
  readonly outputFiles: readonly string[];
  /** `completed`, `failed`, `refused`, or another word of the file. */
  readonly status: string;
  readonly runId?: string;
  readonly proposal?: string;
  readonly feedback?: string;
  readonly supersedes?: string;
  readonly chainedFrom?: string;
};

export type TaskLogEntryItem = {
  readonly kind: "entry";
  readonly span: ByteSpan;
  /** As parsed: of equal keys the last wins, integers beyond 2^53 are their digits as text. */
  readonly entry: Readonly<Record<string, unknown>>;
  readonly shown: ShownTaskLogEntry;
  readonly problems: readonly EntryProblem[];
  /**
   * What links name: the run id, or 12 hex digits of SHA-256 of the raw bytes, `-`, and the count among equal ones.
   * Computed when first asked for.
   */
  readonly ref: string;
};

/** One side of a merge conflict: its text, and its objects when that text is nothing but objects. */
export type ConflictSide = { readonly raw: string; readonly entries?: readonly string[] };

export type InvalidTaskLogItem = {
  readonly kind: "invalid";
  readonly span: ByteSpan;
  /** The text of the span; bytes that are not UTF-8 are U+FFFD. */
  readonly raw: string;
  readonly reason: string;
  /** Ours and theirs, when the item holds a whole merge conflict. */
  readonly sides?: readonly [ConflictSide, ConflictSide];
};

export type TaskLogItem = TaskLogEntryItem | InvalidTaskLogItem;

/** How the file writes an entry, learnt from its last one. */
export type TaskLogStyle = {
  readonly eol: LineEnd;
  /** Before the braces of an entry. */
  readonly indentation: string;
  /** Added for each level inside; undefined when an entry is one line. */
  readonly unit: string | undefined;
  /** Behind a colon, and behind a comma inside a line. */
  readonly space: "" | " ";
  readonly arrays: "one-line" | "many-lines";
};

export type TaskLog = {
  readonly level: TaskLogLevel;
  readonly items: readonly TaskLogItem[];
  readonly problems: readonly TaskLogProblem[];
  readonly append: TaskLogAppend;
  /** Bytes up to after the last value: where an array gets its next entry, and what a rewrite is detected by. */
  readonly seenLength: number;
  readonly style: TaskLogStyle;
};

/** An entry as Folio writes it, its keys in the canonical order. */
export type TaskLogEntry = {
  readonly task_id: string;
  readonly agent: string;
  /** `YYYY-MM-DD`, the local day of the workspace. */
  readonly date: string;
  readonly summary: string;
  readonly output_files: readonly string[];
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  /** A ULID. */
  readonly run_id: string;
  /** Absent: completed. */
  readonly status?: "failed" | "refused";
  readonly proposal?: string;
  readonly feedback?: string;
  readonly supersedes?: string;
  readonly chained_from?: string;
};

/** What a seen file is remembered by; the whole file as it was seen is kept beside it. `sha256` in hex. */
export type TaskLogSeen = { readonly length: number; readonly sha256: string };

/** SHA-256 of bytes: the platform's own where it is synchronous, or the portable one. */
export type Digest = (bytes: Uint8Array) => Uint8Array;
