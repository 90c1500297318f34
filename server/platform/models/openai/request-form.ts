/** The fields of a request that not every server knows, and what has been learnt about this one. */
import type { ModelRequest } from "../language-model.ts";
import type { JsonObject } from "./answer-reader.ts";
import type { OpenAiApi } from "./base-url.ts";
import { chatCompletionsBody } from "./chat-completions-body.ts";
import { responsesBody } from "./responses-body.ts";

export interface RequestForm {
  body(request: ModelRequest): JsonObject;
  /** Takes what a server said when it refused the request; true when the next body differs, so that asking again makes sense. */
  learn(request: ModelRequest, said: string): boolean;
}

const unknownField =
  /unrecogni[sz]ed|unknown (field|parameter|argument|name)|unexpected (field|keyword)|extra (fields|inputs)|not permitted/i;
const reasoningModel = /^(o\d|gpt-5)/i;

/** What one server takes of the API; it changes with each refusal that names a field. */
export function createRequestForm(api: OpenAiApi, hostname: string): RequestForm {
  // OpenAI's own newer models refuse `max_tokens`; most other servers know nothing else.
  const isOpenAi = hostname === "api.openai.com";
  let withUsage = true;
  let withReasoningSummary = true;
  let tokenLimitField: "max_tokens" | "max_completion_tokens" = isOpenAi ? "max_completion_tokens" : "max_tokens";

  function body(request: ModelRequest): JsonObject {
    if (api === "chat-completions") return chatCompletionsBody(request, { withUsage, tokenLimitField });
    return responsesBody(request, { withReasoningSummary: withReasoningSummary && reasoningModel.test(request.model) });
  }

  function learn(request: ModelRequest, said: string): boolean {
    if (api === "responses") {
      if (!withReasoningSummary || !reasoningModel.test(request.model) || !/reasoning/i.test(said)) return false;
      withReasoningSummary = false;
      return true;
    }
    if (withUsage && (/stream_options|include_usage/i.test(said) || unknownField.test(said))) {
      withUsage = false;
      return true;
    }
    const hasLimit = request.parameters?.maxOutputTokens !== undefined;
    if (hasLimit && tokenLimitField === "max_tokens" && /max_completion_tokens/.test(said)) {
      tokenLimitField = "max_completion_tokens";
      return true;
    }
    return false;
  }

  return { body, learn };
}
