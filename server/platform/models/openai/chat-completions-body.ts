/** What is asked of a server that speaks Chat Completions. */
import type { ModelMessage, ModelRequest } from "../language-model.ts";
import type { JsonObject } from "./answer-reader.ts";

export interface ChatCompletionsOptions {
  /** Asks for token counts; some servers refuse the field. */
  readonly withUsage: boolean;
  readonly tokenLimitField: "max_tokens" | "max_completion_tokens";
}

/** The body of the request, before JSON. */
export function chatCompletionsBody(request: ModelRequest, options: ChatCompletionsOptions): JsonObject {
  const { temperature, topP, maxOutputTokens } = request.parameters ?? {};
  return {
    model: request.model,
    messages: request.messages.map(messageBody),
    stream: true,
    ...(options.withUsage ? { stream_options: { include_usage: true } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { [options.tokenLimitField]: maxOutputTokens }),
  };
}

function messageBody({ role, text, toolCalls, toolCallId }: ModelMessage): JsonObject {
  if (role === "tool") return { role, tool_call_id: toolCallId ?? "", content: text };
  if (toolCalls === undefined || toolCalls.length === 0) return { role, content: text };
  return {
    role,
    content: text === "" ? null : text,
    tool_calls: toolCalls.map((call) => ({
      id: call.callId,
      type: "function",
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}
