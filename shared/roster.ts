/** The roster as the page sees it. */
import { z } from "zod";

export interface AgentView {
  readonly key: string;
  readonly role?: string;
  readonly goal?: string;
  readonly backstory?: string;
  /** The one document that it may write. */
  readonly writes?: string;
  /** `writes` was read out of the goal. */
  readonly isWritesInferred?: boolean;
  readonly reads: readonly string[];
  readonly next?: string;
  readonly model?: string;
  readonly prompt: { readonly path: string; readonly exists: boolean };
  readonly problems: readonly string[];
  readonly isDuplicate?: boolean;
  /** `task_logger`, which needs no model. */
  readonly isBuiltIn?: boolean;
  /** Why it cannot run: no document that it may write, a foreign roster, a duplicate. */
  readonly cannotRun?: string;
  readonly raw: string;
}

export interface RosterView {
  /** `default`: the offered roster; its file does not exist yet. */
  readonly kind: "roster" | "instructions" | "foreign" | "none";
  readonly path: string;
  readonly revision?: string;
  readonly agents: readonly AgentView[];
  readonly invalid: readonly { readonly raw: string; readonly reason: string; readonly line: number }[];
  /** In the task log but not here. */
  readonly seenInLog: readonly string[];
  /** Codex CLI's own. */
  readonly codexAgents: readonly { readonly path: string; readonly name: string; readonly description: string }[];
  /** Offered while there is no roster: they can be run, and can be written into the file with one click. */
  readonly offered: readonly AgentView[];
  /** The usual agents that this roster lacks: each can be added with one click (`add-offered`), and runs once it is. */
  readonly missing: readonly AgentView[];
}

const agentFields = {
  role: z.string().trim().min(1).max(500),
  goal: z.string().trim().min(1).max(4000),
  backstory: z.string().trim().min(1).max(4000),
  writes: z.string().max(300).optional(),
  reads: z.array(z.string().max(300)).max(50).optional(),
  next: z.string().max(100).optional(),
  model: z.string().max(300).optional(),
};

const agentKeySchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/);

export const changeRosterSchema = z.strictObject({
  base: z.string().length(64).nullable(),
  change: z.discriminatedUnion("type", [
    /** Writes the offered agents: `section` adds to the file that is there, `file` makes `.codex/ROSTER.md`. */
    z.strictObject({ type: z.literal("adopt"), into: z.enum(["section", "file"]) }),
    /** Adds one of the usual agents, as `missing` shows it. */
    z.strictObject({ type: z.literal("add-offered"), key: agentKeySchema }),
    z.strictObject({ type: z.literal("add"), key: agentKeySchema, ...agentFields }),
    z.strictObject({
      type: z.literal("set"),
      key: z.string().min(1).max(200),
      name: z.string().min(1).max(60),
      value: z.string().max(4000),
    }),
    z.strictObject({ type: z.literal("remove"), key: z.string().min(1).max(200) }),
  ]),
});
export type ChangeRoster = z.infer<typeof changeRosterSchema>;
