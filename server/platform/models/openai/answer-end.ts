/** How an answer ends, whichever of the two APIs it came by. */
import type { ModelPart } from "../language-model.ts";
import { type AnswerEnd, type JsonObject, upstreamErrorOf } from "./answer-reader.ts";
import type { PartBatch } from "./part-batch.ts";
import type { ThinkTagReader } from "./think-tag.ts";
import type { ToolCalls } from "./tool-calls.ts";

export type FinishReason = Extract<ModelPart, { type: "finish" }>["reason"];

/** What is known of an answer so far, as far as its end depends on it. */
export interface EndingAnswer {
  readonly batch: PartBatch;
  readonly thinkTag: ThinkTagReader;
  readonly toolCalls: ToolCalls;
  readonly isRefusal: boolean;
}

/** Ends an answer for the reason the server gave; one with half a tool call has failed, whatever the server said. */
export function finishAnswer({ batch, thinkTag, toolCalls, isRefusal }: EndingAnswer, said: FinishReason): AnswerEnd {
  thinkTag.end();
  // A call cut off by the limit is the limit's doing; in any other case the server lost a part of it.
  if (said !== "length" && !toolCalls.areWhole()) return { type: "failed", code: "malformed" };
  batch.add({ type: "finish", reason: said === "stop" ? realStop(toolCalls, isRefusal) : said });
  return { type: "finished" };
}

/** Gives out held-back text, and says that the answer is not whole. */
export function failAnswer({ thinkTag }: EndingAnswer, code: "malformed" | "server-error" | "cut"): AnswerEnd {
  thinkTag.end();
  return { type: "failed", code };
}

/** The same for an error that the server sent inside its stream. */
export function failAnswerWith({ thinkTag }: EndingAnswer, error: JsonObject): AnswerEnd {
  thinkTag.end();
  return { type: "failed", code: "server-error", error: upstreamErrorOf(error) };
}

/** Some servers say "stop" after a tool call, and all of them after a refusal. */
function realStop(toolCalls: ToolCalls, isRefusal: boolean): FinishReason {
  if (isRefusal) return "content-filter";
  return toolCalls.count() > 0 ? "tool-calls" : "stop";
}
