import { z } from "zod";
import type { AgentRunStatus, AgentRunSummary, AgentRunView, RunReason } from "../../shared/agents.ts";
import type { ProcessIdentity } from "../platform/store/process-identity.ts";
import type { RecordedInput } from "./run-input.ts";

/** A run as it is kept, one JSON file each. */
export interface RunRecord {
  readonly format: "agent-run/1";
  readonly id: string;
  readonly status: AgentRunStatus;
  /** RFC 3339 with milliseconds. */
  readonly started: string;
  readonly ended?: string;
  readonly input: RecordedInput;
  /** Digest of the canonical JSON of `input`. */
  readonly inputSha256: string;
  /** Who asks the model or writes the document, while that is done. */
  readonly owner?: RunOwner;
  /** What the model said, as far as it came. */
  readonly answer: RunAnswer;
  readonly usage: AgentRunSummary["usage"];
  /** What the answer would make of the document. */
  readonly proposed?: {
    readonly text: string;
    readonly summary: string;
    readonly added: number;
    readonly removed: number;
  };
  /** What the model says that the log entry holds; Folio's own values count. */
  readonly claimed?: { readonly taskId?: string; readonly date?: string };
  readonly notes: readonly string[];
  /** What the answer said about itself and was not believed. */
  readonly flags: readonly string[];
  readonly reason?: RunReason;
  readonly decision?: RunDecision;
  /** Revision of the document, once it is written. */
  readonly written?: string;
  /** An entry that must be written and is not yet. */
  readonly owesLog?: boolean;
  readonly log?: { readonly taskId: string; readonly ref: string; readonly text: string };
  readonly next?: AgentRunView["next"];
  readonly chain?: AgentRunSummary["chain"];
  readonly conversation?: AgentRunSummary["conversation"];
  /** The answer message that shows this run. */
  readonly call?: { readonly conversationId: string; readonly messageId: string };
  readonly proposal?: string;
  readonly feedback?: readonly string[];
  readonly isScratch?: boolean;
  readonly againOf?: string;
}

/** `holdsFolder`: a server, of which there is one for a folder; a command of the command line works beside it. */
export type RunOwner = ProcessIdentity & { readonly holdsFolder: boolean };

export interface RunAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly finish?: string;
  /** How many events came, and the digest of their sequence: equal runs have equal ones. */
  readonly events?: { readonly count: number; readonly sha256: string };
}

export type RunDecision =
  | {
      readonly kind: "accepted";
      readonly at: string;
      readonly base: string | null;
      readonly text: string;
      readonly isEdited: boolean;
      readonly byRule?: boolean;
    }
  | { readonly kind: "rejected"; readonly at: string; readonly reason?: string };

const runRecordSchema = z.looseObject({
  format: z.literal("agent-run/1"),
  id: z.string(),
  status: z.enum(["running", "waiting", "written", "rejected", "refused", "failed", "stopped", "interrupted"]),
  started: z.string(),
  input: z.looseObject({
    agent: z.looseObject({ key: z.string() }),
    goal: z.string(),
    target: z.looseObject({ path: z.string(), text: z.string() }),
    model: z.looseObject({ providerId: z.string(), model: z.string() }),
    messages: z.array(z.looseObject({ role: z.string(), text: z.string() })),
  }),
  inputSha256: z.string(),
  answer: z.looseObject({ text: z.string(), reasoning: z.string() }),
  usage: z.looseObject({ ms: z.number() }),
  notes: z.array(z.string()),
  flags: z.array(z.string()),
});

/** Undefined for what is no record of a run. */
export function parseRunRecord(bytes: Uint8Array): RunRecord | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return runRecordSchema.safeParse(value).success ? (value as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** What a list needs of a run. */
export interface ListedRun {
  readonly summary: AgentRunSummary;
  /** Nothing of it is left to be finished after a crash. */
  readonly isSettled: boolean;
}

export function isSettled(record: RunRecord): boolean {
  const isHalfAccepted = record.status === "waiting" && record.decision !== undefined;
  return record.status !== "running" && !isHalfAccepted && record.owesLog !== true;
}

/** What a person said when they rejected it. */
export function rejectionOf({ decision }: Pick<RunRecord, "decision">): string | undefined {
  const said = decision?.kind === "rejected" ? decision.reason?.trim() : undefined;
  return said === "" ? undefined : said;
}

export function summaryOf(record: RunRecord): AgentRunSummary {
  const { id, input, status, started, usage, proposed } = record;
  const { ended, reason, log, chain, conversation, proposal, feedback, isScratch, againOf } = record;
  const summary = {
    id,
    agent: input.agent.key,
    goal: input.goal,
    status,
    started,
    target: input.target.path,
    model: input.model,
    usage,
    ended,
    added: proposed?.added,
    removed: proposed?.removed,
    reason,
    rejection: rejectionOf(record),
    taskId: log?.taskId,
    chain,
    conversation,
    proposal,
    feedback,
    isScratch,
    againOf,
    acceptedByRule: record.decision?.kind === "accepted" ? record.decision.byRule : undefined,
  };
  return Object.fromEntries(
    Object.entries(summary).filter(([, value]) => value !== undefined),
  ) as unknown as AgentRunSummary;
}
