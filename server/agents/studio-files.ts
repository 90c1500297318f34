/** What agents need of the documents; `server/documents/` gives it, handed over where the features are put together. */
import type { RosterView } from "../../shared/roster.ts";

export interface StudioFile {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly revision: string;
}

export interface StudioLogEntry {
  readonly agent: string;
  /** One line, 1 to 500 characters. */
  readonly summary: string;
  readonly outputFiles: readonly string[];
  readonly status?: "failed" | "refused";
  readonly proposal?: string;
  readonly feedback?: string;
  readonly supersedes?: string;
  readonly chainedFrom?: string;
  readonly runId: string;
  /** RFC 3339 with milliseconds. */
  readonly at: string;
}

export interface StudioFiles {
  /** Undefined when it is not there. @throws Problem for a path that agents may not read */
  read(path: string): Promise<StudioFile | undefined>;
  /** Keeps byte order mark and line ends of the old file. @throws Problem for a path that agents may not write */
  write(change: {
    readonly path: string;
    readonly text: string;
    readonly base: string | null;
    readonly by: { readonly agent: string; readonly runId: string; readonly summary: string };
  }): Promise<
    | { readonly outcome: "written"; readonly revision: string }
    | { readonly outcome: "stale"; readonly revision: string | undefined }
  >;
  roster(): Promise<RosterView>;
  /** The entry as it would be written now. */
  previewLogEntry(entry: StudioLogEntry): Promise<{ readonly taskId: string; readonly text: string }>;
  /** Appends once for each `runId`, however often it is asked. */
  appendLogEntry(entry: StudioLogEntry): Promise<{
    readonly outcome: "appended" | "pending";
    readonly taskId: string;
    readonly ref: string;
    readonly text: string;
  }>;
  /** Oldest first. */
  lastLogEntries(count: number): Promise<readonly { readonly ref: string; readonly raw: string }[]>;
  linkVersion(
    path: string,
    revision: string,
    link: { readonly taskId: string; readonly logRef: string; readonly summary: string },
  ): Promise<void>;
  /** Why an agent may not make the board `next`; undefined when it may. */
  checkBoardChange(old: string, next: string): string | undefined;
}
