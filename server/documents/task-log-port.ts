/** What the documents need of the task log, and what the task log is given. */
import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { DocumentChange } from "../../shared/documents.ts";
import type { Revision, WriteResult } from "../platform/store/document-store.ts";

export type Environment = { Bindings: HttpBindings };

/**
 * The one way in which a document of the workspace is changed: path rules, lock, comparison, atomic replacement, a
 * version that says who did it, and the event. `expected` undefined: the file must not exist.
 * @throws StoreFailure, Problem 403 `forbidden` for a path that is nobody's to write
 */
export type WriteBytes = (
  path: string,
  bytes: Uint8Array,
  expected: Revision | undefined,
  change: Omit<DocumentChange, "at">,
) => Promise<WriteResult>;

/** The task's id and date are the log's to give; `at` in RFC 3339 with milliseconds. */
export interface NewLogEntry {
  readonly agent: string;
  readonly summary: string;
  readonly outputFiles: readonly string[];
  readonly status?: "failed" | "refused";
  readonly proposal?: string;
  readonly feedback?: string;
  readonly supersedes?: string;
  readonly chainedFrom?: string;
  /** Appending twice with the same one appends once. */
  readonly runId: string;
  readonly at: string;
}

export interface AppendedEntry {
  readonly outcome: "appended" | "pending";
  readonly taskId: string;
  readonly ref: string;
  /** The entry as it stands in the file. */
  readonly text: string;
}

/** What links need of an entry. */
export interface NamedEntry {
  readonly ref: string;
  readonly taskId?: string;
  readonly agent?: string;
  readonly proposal?: string;
}

export interface TaskLogService {
  /** Below `/api`. */
  readonly routes: Hono<Environment>;
  /** A file that may be a log was changed or removed, by anybody. */
  changed(path: string): Promise<void>;
  /** The log that is written: parsed once a revision. Path undefined: there is none. */
  overview(): Promise<{
    readonly path: string | undefined;
    readonly entries: number;
    readonly items: number;
    readonly agents: readonly string[];
  }>;
  /** All entries, in the order of the file. */
  entries(): Promise<readonly NamedEntry[]>;
  previewEntry(entry: NewLogEntry): Promise<{ readonly taskId: string; readonly text: string }>;
  appendEntry(entry: NewLogEntry): Promise<AppendedEntry>;
  /** Oldest first. */
  lastEntries(count: number): Promise<readonly { readonly ref: string; readonly raw: string }[]>;
  close(): Promise<void>;
}
