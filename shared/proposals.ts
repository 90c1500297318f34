/** The board of proposed tasks as the page sees it. */
import { z } from "zod";
import { documentPathSchema } from "./documents.ts";

export interface CardView {
  /** The proposal's key (`pt-…`), or for a foreign card its place in the file (`card-7`). */
  readonly id: string;
  /** Its place among the cards of the file, from 0. */
  readonly place: number;
  readonly title: string;
  readonly status?: string;
  readonly lane?: string;
  readonly agent?: string;
  readonly proposedBy?: string;
  readonly date?: string;
  readonly priority?: string;
  readonly source?: string;
  /** Feedback that it came from (`fb-…`). */
  readonly feedback: readonly string[];
  readonly sections: readonly { readonly name: string; readonly text: string }[];
  readonly checklist: readonly { readonly text: string; readonly isChecked: boolean; readonly number: number }[];
  /** Ids of cards that may say the same. */
  readonly possibleDuplicates: readonly string[];
  readonly problems: readonly string[];
  /** Statuses that it can be given here. */
  readonly nextStatuses: readonly string[];
  /** Log entries that name it. */
  readonly logRefs: readonly { readonly ref: string; readonly taskId?: string }[];
  /** The task document made from it. */
  readonly taskDocument?: string;
  readonly raw: string;
}

/** A record that cannot be read. */
export interface InvalidCardView {
  readonly raw: string;
  readonly reason: string;
  readonly line: number;
  /** How many cards stand before it in the file. */
  readonly place: number;
}

export interface BoardView {
  readonly path: string;
  readonly exists: boolean;
  readonly revision?: string;
  /** `proposals` is Folio's own form; every other one is somebody else's, with few edits allowed. */
  readonly shape: string;
  readonly lanes: readonly { readonly name: string; readonly cards: readonly CardView[] }[];
  readonly invalid: readonly InvalidCardView[];
  readonly others: readonly string[];
}

export const changeProposalSchema = z.strictObject({
  path: documentPathSchema,
  base: z.string().length(64),
  id: z.string().min(1).max(300),
  change: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("status"), status: z.string().min(1).max(100) }),
    z.strictObject({ type: z.literal("check"), number: z.number().int().nonnegative(), isChecked: z.boolean() }),
    z.strictObject({ type: z.literal("field"), name: z.string().min(1).max(60), value: z.string().max(2000) }),
  ]),
});
export type ChangeProposal = z.infer<typeof changeProposalSchema>;

export const newProposalSchema = z.strictObject({
  title: z.string().trim().min(1).max(300),
  goal: z.string().max(10_000),
  requirements: z.array(z.string().max(1000)).max(50),
  outputFiles: z.array(z.string().max(1000)).max(50),
  criteria: z.array(z.string().max(1000)).max(50),
  agent: z.string().max(100).optional(),
  priority: z.enum(["low", "medium", "high"]).optional(),
  source: z.string().max(300).optional(),
});
export type NewProposal = z.infer<typeof newProposalSchema>;

/** `done` is given only together with a log entry that names the proposal: its `ref`, or a summary for a new one. */
export const finishProposalSchema = z.strictObject({
  base: z.string().length(64),
  id: z.string().min(1).max(300),
  logRef: z.string().max(100).optional(),
  summary: z.string().max(500).optional(),
  outputFiles: z.array(z.string().max(1000)).max(100).optional(),
});
export type FinishProposal = z.infer<typeof finishProposalSchema>;

export const promoteProposalSchema = z.strictObject({ base: z.string().length(64), id: z.string().min(1).max(300) });
