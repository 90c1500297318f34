import type { AgentSettings } from "../../shared/agents.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventLog } from "../platform/events/event-log.ts";
import type { Logger } from "../platform/logger.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import type { Runs } from "../platform/runs.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import type { LiveRun } from "./live-run.ts";
import type { RunOwner, RunRecord } from "./run-record.ts";
import type { RunRecords } from "./run-records.ts";
import type { StudioFiles } from "./studio-files.ts";

/** What chat gives: conversations that agents read and are called from. */
export interface AgentConversations {
  /** The messages of the path down to `head` (absent: the active path). @throws Problem 404 */
  transcript(
    id: string,
    head?: string,
  ): Promise<{
    readonly head: string;
    readonly messages: readonly { readonly id: string; readonly role: string; readonly text: string }[];
  }>;
  /** Keeps a question and an answer that shows the run, durably; the same ids again change nothing. @throws Problem */
  addCall(call: {
    readonly conversationId: string;
    readonly messageId: string;
    readonly parent: string;
    readonly text: string;
    readonly agent: string;
    readonly runId: string;
    readonly model: string;
  }): Promise<{ readonly conversationId: string; readonly messageId: string }>;
  /** Another version of the answer, with the run alone in it; the same run again changes nothing. @throws Problem */
  addVersion(call: {
    readonly conversationId: string;
    /** Of the answer that there is. */
    readonly messageId: string;
    readonly agent: string;
    readonly runId: string;
    readonly model: string;
  }): Promise<{ readonly conversationId: string; readonly messageId: string }>;
  /** Shows one more run in the answer, as its last part; a conversation or message that is gone is let be. */
  addRun(call: {
    readonly conversationId: string;
    readonly messageId: string;
    readonly agent: string;
    readonly runId: string;
  }): Promise<void>;
  /** Puts how the run stands into the answer; a conversation or message that is gone is let be. */
  updateCall(call: {
    readonly conversationId: string;
    readonly messageId: string;
    readonly runId: string;
    /** The run that takes its place. */
    readonly nextRunId?: string;
    readonly status: string;
    readonly text: string;
  }): Promise<void>;
}

export interface AgentsOptions {
  readonly files: StudioFiles;
  readonly modelFor: (providerId: string, model: string) => LanguageModel | undefined;
  readonly runs: Runs;
  readonly log: EventLog;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly newRunId: () => string;
  /** Folio's own data about this workspace. */
  readonly dataDirectory: string;
  /** Whether this process is the folder's one server; a command works beside it. */
  readonly holdsFolder: boolean;
  /** Absent where there are none: the command line. */
  readonly conversations?: AgentConversations;
  readonly feedback?: {
    read(ids: readonly string[]): Promise<readonly { readonly id: string; readonly raw: string }[]>;
  };
}

/** What all parts of the feature are given. */
export interface AgentsContext extends AgentsOptions {
  readonly store: DocumentStore;
  readonly records: RunRecords;
  readonly settings: { read(): Promise<AgentSettings> };
  /** Runs that this process is asking a model for, by id. */
  readonly live: Map<string, LiveRun>;
  /** Runs that are being begun, so that the same one asked twice at once is one. */
  readonly starting: Map<string, Promise<RunRecord>>;
  /** Accepts that are being carried out by this process, by the run's id. */
  readonly deciding: Map<string, Promise<RunRecord>>;
  readonly owner: RunOwner;
  /** Tells pages and the conversation that the run is as `record` says. */
  announce(record: RunRecord): Promise<void>;
  /** A run has come to an end of its own or by a person: what follows from it begins. */
  followUp(record: RunRecord): Promise<void>;
  /** Folio ends: nothing new is begun. */
  isClosing(): boolean;
}
