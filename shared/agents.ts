/** Runs of agents as the browser and the server speak of them. */
import { z } from "zod";

/**
 * `running` asks the model; `waiting` has a diff that a person accepts or rejects; `written`, `rejected`, `refused` (the
 * answer broke the contract), `failed` (the model or the disk), `stopped`, `interrupted` (Folio ended) are ends.
 */
export type AgentRunStatus =
  | "running"
  | "waiting"
  | "written"
  | "rejected"
  | "refused"
  | "failed"
  | "stopped"
  | "interrupted";

export interface RunReason {
  /** `two-files`, `wrong-target`, `empty`, `truncated`, `unchanged`, `lint`, `too-long`, `too-costly`, a model failure's code … */
  readonly code: string;
  /** What happened and what was kept, for a person. */
  readonly title: string;
  readonly detail?: string;
}

export interface AgentRunSummary {
  /** ULID: 26 characters; the log entry's `run_id` too. */
  readonly id: string;
  readonly agent: string;
  readonly goal: string;
  readonly status: AgentRunStatus;
  /** RFC 3339 with milliseconds. */
  readonly started: string;
  readonly ended?: string;
  /** The one document that it may write. */
  readonly target: string;
  readonly model: { readonly providerId: string; readonly model: string };
  readonly usage: {
    readonly in?: number;
    readonly out?: number;
    readonly ms: number /** In the price's currency. */;
    readonly cost?: number;
  };
  /** Lines of the diff. */
  readonly added?: number;
  readonly removed?: number;
  readonly reason?: RunReason;
  /** Why a person rejected it, in their words. */
  readonly rejection?: string;
  /** The log entry, once written. */
  readonly taskId?: string;
  readonly chain?: {
    readonly id: string /** From 1. */;
    readonly step: number;
    readonly from?: string;
    readonly project?: string;
  };
  readonly conversation?: { readonly id: string; readonly messageId: string };
  readonly proposal?: string;
  readonly feedback?: readonly string[];
  /** Nothing can be written: an agent tried on a scratch goal. */
  readonly isScratch?: boolean;
  /** The run that it asks anew. */
  readonly againOf?: string;
  /** Accepted by a rule of the person's. */
  readonly acceptedByRule?: boolean;
}

export interface RunInputFile {
  readonly path: string;
  /** SHA-256 of its bytes; absent: it was not there. */
  readonly sha256?: string;
  readonly size: number;
  /** Cut to the limit of what is sent. */
  readonly isCut?: boolean;
  /** The roster names it, and no agent may read it: the model is given nothing of it. */
  readonly isRefused?: boolean;
}

/** The whole recorded input, without the texts; `GET /api/agents/runs/:id/input` has them. */
export interface RunInputView {
  readonly agent: { readonly key: string; readonly role?: string; readonly goal?: string; readonly raw: string };
  readonly prompt: { readonly path?: string; readonly sha256: string; readonly isGenerated: boolean };
  readonly template?: RunInputFile;
  readonly files: readonly RunInputFile[];
  /** `ref`s of the last log entries, oldest first. */
  readonly logEntries: readonly string[];
  readonly conversation?: {
    readonly id: string;
    readonly head: string;
    readonly messages: number;
    readonly sha256: string;
  };
  readonly limits: RunLimits;
  /** SHA-256 of the canonical JSON of the whole input: equal inputs have equal digests. */
  readonly sha256: string;
}

export interface RunLimits {
  readonly outputTokens: number;
  readonly seconds: number;
  /** Absent: no limit (or no known price). */
  readonly cost?: number;
}

export interface AgentRunView extends AgentRunSummary {
  readonly input: RunInputView;
  /** The model's whole answer so far. */
  readonly text: string;
  readonly reasoning?: string;
  /** Set from `waiting` on. */
  readonly change?: {
    readonly path: string;
    /** Revision that the answer was made from; null: the file was not there. */
    readonly base: string | null;
    readonly before: string;
    readonly after: string;
    /** The file has changed since: accept is refused until it is compared again. */
    readonly isStale: boolean;
    /** With `isStale`: its text now, and the revision to compare with and to accept on (null: it is gone). */
    readonly current?: string;
    readonly currentRevision?: string | null;
    /** Findings of the lint that do not refuse it. */
    readonly notes: readonly string[];
  };
  /** The entry as it will be written (`waiting`) or was written, as JSON text. */
  readonly logEntry?: string;
  /** What the answer asked to run next. */
  readonly next?: {
    readonly agent: string;
    readonly willRun: boolean;
    readonly notice?: string;
    /** The run that goes on, once it has begun. */
    readonly runId?: string;
  };
  /** What the answer said about itself and was not believed. */
  readonly flags: readonly string[];
  readonly eventId: string;
}

const modelChoice = { providerId: z.string().min(1).max(100), model: z.string().min(1).max(300) };
const conversationSchema = z.strictObject({ id: z.string().min(1).max(200), messageId: z.string().min(1).max(200) });

export const startAgentRunSchema = z.strictObject({
  /** Made by the page, so that asking twice starts once. */
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  agent: z.string().min(1).max(200),
  goal: z.string().trim().min(1).max(20_000),
  ...modelChoice,
  /** Read the conversation up to this message too. The run is not shown there (see `POST /api/conversations/:id/agent-runs`). */
  conversation: conversationSchema.optional(),
  /** The document to write, where the agent's record leaves a choice (`Writes` with a `*`). It may name no other. */
  target: z.string().min(1).max(300).optional(),
  /** Further documents to read. */
  reads: z.array(z.string().min(1).max(1000)).max(20).optional(),
  proposal: z.string().max(100).optional(),
  feedback: z.array(z.string().max(100)).max(200).optional(),
  isScratch: z.boolean().optional(),
  againOf: z.string().max(26).optional(),
});
export type StartAgentRun = z.infer<typeof startAgentRunSchema>;

/** `text`: as the person edited it; absent: the answer's own. `base`: what the diff on the page was made from. */
export const acceptRunSchema = z.strictObject({
  base: z.string().length(64).nullable(),
  text: z
    .string()
    .max(4 * 1024 * 1024)
    .optional(),
});
export type AcceptRun = z.infer<typeof acceptRunSchema>;

/** Asks for the same once more, with what was missing. */
export const againRunSchema = z.strictObject({
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  note: z.string().trim().max(5000).optional(),
});
export type AgainRun = z.infer<typeof againRunSchema>;

export const rejectRunSchema = z.strictObject({ reason: z.string().max(500).optional() });

/** One conversation message that calls an agent: the question is kept in the conversation, the run is a part of its answer. */
export const callAgentSchema = z.strictObject({
  messageId: z.string().regex(/^[0-9a-hjkmnp-tv-z]{10}$/),
  parent: z.string().min(1).max(200),
  /** As it was typed, `@agent` included. */
  text: z.string().min(1).max(20_000),
  runId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  agent: z.string().min(1).max(200),
  goal: z.string().trim().min(1).max(20_000),
  ...modelChoice,
});
export type CallAgent = z.infer<typeof callAgentSchema>;

/** The run `of` of an answer is asked anew, as another version of that answer. */
export const callAgainSchema = z.strictObject({
  of: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  runId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  ...modelChoice,
});
export type CallAgain = z.infer<typeof callAgainSchema>;

/** A whole project: PRD → ARCHITECTURE → AGENTS → PROPOSED-TASKS, one approval a step. */
export const startProjectSchema = z.strictObject({
  id: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/),
  name: z.string().trim().min(1).max(200),
  answers: z.array(z.strictObject({ question: z.string().max(500), answer: z.string().max(5000) })).max(20),
  ...modelChoice,
});
export type StartProject = z.infer<typeof startProjectSchema>;

/** Goes on with the step that is due, with this model. */
export const goOnProjectSchema = z.strictObject(modelChoice);
export type GoOnProject = z.infer<typeof goOnProjectSchema>;

export interface ProjectsView {
  /** Newest first. */
  readonly projects: readonly ProjectView[];
}

export interface ProjectView {
  readonly id: string;
  readonly name: string;
  /** RFC 3339. */
  readonly started: string;
  readonly steps: readonly {
    readonly agent: string;
    readonly target: string;
    readonly status: AgentRunStatus | "planned";
    readonly runId?: string;
    /** Why a person rejected it, in their words. */
    readonly rejection?: string;
  }[];
  readonly isOver: boolean;
  /** The run of the due step is being begun. */
  readonly isBeginning?: boolean;
  /** Why the due step could not begin. It begins when somebody goes on. */
  readonly problem?: RunReason;
}

export interface AgentRunsPage {
  readonly runs: readonly AgentRunSummary[];
  readonly total: number;
  readonly waiting: number;
  readonly running: number;
  /** Of this calendar month. */
  readonly month: { readonly runs: number; readonly tokens: number; readonly cost?: number };
  readonly next?: string;
}

export interface RunReplay {
  readonly isIdentical: boolean;
  /** What differs, in words; empty when identical. */
  readonly differences: readonly string[];
  /** Why it could not be asked again (a provider that is gone). */
  readonly problem?: string;
}

/** Kept outside of the workspace: no file of it can raise what an agent may do. */
export interface AgentSettings {
  readonly limits: RunLimits;
  /** What is written without asking. */
  readonly rules: readonly { readonly agent: string; readonly path: string }[];
  /** Per million tokens. */
  readonly prices: readonly { readonly model: string; readonly in: number; readonly out: number }[];
  readonly currency: string;
  readonly lastLogEntries: number;
}

export const agentSettingsSchema = z.strictObject({
  limits: z.strictObject({
    outputTokens: z.number().int().min(100).max(1_000_000),
    seconds: z.number().int().min(5).max(3600),
    cost: z.number().positive().max(10_000).exactOptional(),
  }),
  rules: z.array(z.strictObject({ agent: z.string().min(1).max(200), path: z.string().min(1).max(1000) })).max(100),
  prices: z
    .array(z.strictObject({ model: z.string().min(1).max(300), in: z.number().min(0), out: z.number().min(0) }))
    .max(200),
  currency: z.string().max(8),
  lastLogEntries: z.number().int().min(0).max(200),
});
