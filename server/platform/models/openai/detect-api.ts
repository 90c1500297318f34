import type { OpenAiApi } from "./base-url.ts";
import { normaliseBaseUrl } from "./base-url.ts";

const responsesHosts = new Set(["api.openai.com"]);

/**
 * Which of the two APIs to speak with a server: what its pasted address says, Responses for OpenAI itself, and Chat
 * Completions, which all others know, for the rest. Sends nothing.
 */
export function detectApi(baseUrl: string): OpenAiApi {
  const normal = normaliseBaseUrl(baseUrl);
  if (normal?.api !== undefined) return normal.api;
  if (normal === undefined) return "chat-completions";
  return responsesHosts.has(new URL(normal.baseUrl).hostname) ? "responses" : "chat-completions";
}
