/** What is asked of a server that speaks the Responses API. */
import type { ModelMessage, ModelRequest } from "../language-model.ts";
import type { JsonObject } from "./answer-reader.ts";

export interface ResponsesOptions {
  /** Asks for a summary of the reasoning; models that do not reason refuse the field. */
  readonly withReasoningSummary: boolean;
}

/** The body of the request, before JSON. Nothing is kept on the server: each request holds the whole conversation. */
export function responsesBody(request: ModelRequest, options: ResponsesOptions): JsonObject {
  const { temperature, topP, maxOutputTokens } = request.parameters ?? {};
  return {
    model: request.model,
    input: request.messages.flatMap(inputItems),
    stream: true,
    store: false,
    ...(options.withReasoningSummary ? { reasoning: { summary: "auto" } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
  };
}

function inputItems({ role, text, toolCalls = [], toolCallId }: ModelMessage): JsonObject[] {
  if (role === "tool") return [{ type: "function_call_output", call_id: toolCallId ?? "", output: text }];
  const calls = toolCalls.map((call) => ({
    type: "function_call",
    call_id: call.callId,
    name: call.name,
    arguments: call.arguments,
  }));
  return text === "" && calls.length > 0 ? calls : [{ role, content: text }, ...calls];
}
