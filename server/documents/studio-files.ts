import { agentWriteRefusal } from "../../shared/codex-format/documents/agent-writable.ts";
import type { RosterView } from "../../shared/roster.ts";
import { Problem } from "../platform/problem.ts";
import { readIfThere } from "../platform/store/read-if-there.ts";
import type { DocumentGuard } from "./document-guard.ts";
import { documentKind } from "./document-names.ts";
import { bytesLike, readText } from "./document-text.ts";
import { checkBoardChange } from "./proposals/check-board-change.ts";
import { type RosterDependencies, rosterView } from "./roster/roster-view.ts";
import type { AppendedEntry, NewLogEntry, WriteBytes } from "./task-log-port.ts";
import type { VersionStore } from "./versions/version-store.ts";

export interface StudioFile {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly revision: string;
}

/** What a run of an agent may do with the workspace, and nothing else. */
export interface StudioFiles {
  /** Undefined when it is not there. @throws Problem 403 for secrets and for what is no document */
  read(path: string): Promise<StudioFile | undefined>;
  /** Keeps byte order mark and line ends of the old file. `base` null: it must not exist. @throws Problem 403 */
  write(change: {
    readonly path: string;
    readonly text: string;
    readonly base: string | null;
    readonly by: { readonly agent: string; readonly runId: string; readonly summary: string };
  }): Promise<
    | { readonly outcome: "written"; readonly revision: string }
    | { readonly outcome: "stale"; readonly revision: string | undefined }
  >;
  /** With the offered agents while there is no roster. */
  roster(): Promise<RosterView>;
  previewLogEntry(entry: NewLogEntry): Promise<{ readonly taskId: string; readonly text: string }>;
  /** Once for each `runId`, however often it is asked. */
  appendLogEntry(entry: NewLogEntry): Promise<AppendedEntry>;
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

export interface StudioFilesDependencies extends RosterDependencies {
  readonly versions: VersionStore;
  readonly guard: DocumentGuard;
  readonly writeBytes: WriteBytes;
}

export function createStudioFiles(dependencies: StudioFilesDependencies): StudioFiles {
  const { store, versions, guard, taskLog, writeBytes } = dependencies;
  return {
    read: async (path) => {
      await guard.check();
      if (documentKind(path) === undefined && path !== "feedback.jsonl") throw notForAgents("read", path);
      const document = await readIfThere(store, path);
      return document && { bytes: document.bytes, text: readText(document.bytes).text, revision: document.revision };
    },
    write: async ({ path, text, base, by }) => {
      const refusal = agentWriteRefusal(path);
      if (refusal !== undefined) throw notForAgents("written", path, refusal);
      const before = await readIfThere(store, path);
      if ((before?.revision ?? null) !== base) return { outcome: "stale", revision: before?.revision };
      const bytes = bytesLike(text, before?.bytes);
      const result = await writeBytes(path, bytes, base ?? undefined, { by: "agent", ...by });
      if (result.outcome === "stale") return { outcome: "stale", revision: result.current?.revision };
      return { outcome: "written", revision: result.revision };
    },
    roster: () => rosterView(dependencies),
    previewLogEntry: (entry) => taskLog.previewEntry(entry),
    appendLogEntry: (entry) => taskLog.appendEntry(entry),
    lastLogEntries: (count) => taskLog.lastEntries(count),
    linkVersion: (path, revision, link) => versions.link(path, revision, link),
    checkBoardChange,
  };
}

function notForAgents(done: "read" | "written", path: string, detail?: string): Problem {
  return new Problem("forbidden", 403, `An agent's run may not touch this file. Nothing was ${done}.`, {
    ...(detail === undefined ? {} : { detail }),
    facts: { path },
  });
}
