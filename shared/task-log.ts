/** The task log as the page sees it. The file's format is in docs/file-formats.md. */
import { z } from "zod";

export interface LogEntryView {
  readonly kind: "entry";
  /** `run_id`, or for entries of other programs a digest of their bytes: the real identity. */
  readonly ref: string;
  /** Position in the file, from 0. */
  readonly index: number;
  readonly taskId?: string;
  /** When several entries have this id: which one of how many. */
  readonly ofSame?: { readonly number: number; readonly count: number };
  readonly agent?: string;
  readonly date?: string;
  /** RFC 3339, when the entry has one. */
  readonly at?: string;
  readonly summary: string;
  readonly outputFiles: readonly {
    readonly path: string /** Inside the workspace and safe to link. */;
    readonly isSafe: boolean;
  }[];
  readonly status: string;
  readonly proposal?: string;
  readonly feedback?: string;
  readonly supersedes?: string;
  readonly chainedFrom?: string;
  /** Set when Folio holds the run's record. */
  readonly runId?: string;
  readonly problems: readonly string[];
  /** The entry as it stands in the file, at most 4,000 characters. */
  readonly raw: string;
}

export interface LogInvalidView {
  readonly kind: "invalid";
  readonly index: number;
  readonly reason: string;
  readonly raw: string;
  /** The two sides of a merge conflict. */
  readonly sides?: readonly { readonly name: string; readonly raw: string }[];
}

export type LogItemView = LogEntryView | LogInvalidView;

export interface LogHistoryView {
  readonly state: "same" | "appended" | "reformatted" | "rewritten";
  /** RFC 3339: when the file was last compared. */
  readonly checked: string;
  /** Set while `rewritten` has not been acknowledged. */
  readonly lost?: readonly LogEntryView[];
  readonly changed?: readonly { readonly before: LogEntryView; readonly now: LogEntryView }[];
  /** New entries since it was last seen, wherever they stand. */
  readonly added?: number;
  /** Set while `rewritten` has not been acknowledged: new entries that stand before known ones. */
  readonly inserted?: readonly LogEntryView[];
}

export interface TaskLogView {
  readonly path: string;
  readonly exists: boolean;
  readonly revision?: string;
  readonly level: 0 | 1 | 2 | 3 | 4;
  /** What an append does now. */
  readonly append: "array" | "lines" | "pending" | "none";
  readonly counts: {
    readonly entries: number;
    readonly invalid: number;
    readonly withProblems: number;
    readonly refused: number;
    readonly failed: number;
    /** Entries that wait for the log's repair. */
    readonly pending: number;
  };
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
  readonly history: LogHistoryView;
  readonly agents: readonly string[];
  readonly statuses: readonly string[];
  /** Entries a week, the last 12, oldest first; `week` is the Monday, `YYYY-MM-DD`. */
  readonly activity: readonly { readonly week: string; readonly count: number }[];
  /** Other files that look like a log; shown, not written. */
  readonly others: readonly string[];
}

/** `GET /api/task-log/items?from=&count=&agent=&status=&problems=1&q=&path=`: newest first, `count` at most 500. */
export interface LogItemsPage {
  readonly items: readonly LogItemView[];
  /** How many match. */
  readonly total: number;
  readonly revision: string | undefined;
}

export const appendLogEntrySchema = z.strictObject({
  agent: z.string().min(1).max(100),
  summary: z.string().min(1).max(2000),
  outputFiles: z.array(z.string().max(1000)).max(100),
  proposal: z.string().max(100).optional(),
  feedback: z.string().max(100).optional(),
  supersedes: z.string().max(100).optional(),
});
export type AppendLogEntry = z.infer<typeof appendLogEntrySchema>;

export interface LogAppended {
  readonly outcome: "appended" | "pending";
  readonly taskId: string;
  readonly ref: string;
}

/** For each conflict which side is kept; `both` when absent. A backup is written first. */
export const repairLogSchema = z.strictObject({
  base: z.string().length(64),
  sides: z.enum(["ours", "theirs", "both"]).optional(),
});
export type RepairLog = z.infer<typeof repairLogSchema>;

export interface LogRepairPreview {
  readonly report: readonly string[];
  readonly kept: number;
  readonly invalidKept: number;
  /** The file as it would be, at most 200,000 characters. */
  readonly text: string;
}
