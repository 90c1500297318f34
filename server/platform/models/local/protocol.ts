/** What Folio and the process that runs a model file say to each other, as JSON over the process's channel. */
import { z } from "zod";
import type { ModelMessage, ModelRequest } from "../language-model.ts";

export interface GenerateCommand {
  readonly type: "generate";
  readonly id: number;
  /** Absolute. Loaded when it is not the one that is loaded. */
  readonly modelFile: string;
  readonly messages: readonly ModelMessage[];
  readonly parameters: NonNullable<ModelRequest["parameters"]>;
}

export interface StopCommand {
  readonly type: "stop";
  readonly id: number;
}

export type LocalModelCommand = GenerateCommand | StopCommand;

/** The process runs our own code, but what it runs in turn is not: its words are checked. */
export const localModelReplySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), id: z.number(), text: z.string() }),
  z.object({
    type: z.literal("end"),
    id: z.number(),
    reason: z.enum(["stop", "length"]),
    inputTokens: z.number(),
    outputTokens: z.number(),
  }),
  z.object({
    type: z.literal("failed"),
    id: z.number(),
    code: z.enum(["unavailable", "too-large"]),
    title: z.string(),
  }),
]);
export type LocalModelReply = z.infer<typeof localModelReplySchema>;
