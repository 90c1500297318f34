import { describe, expect, it } from "vitest";
import { endpointUrl, normaliseBaseUrl } from "./base-url.ts";
import { detectApi } from "./detect-api.ts";

describe("base URLs", () => {
  it.each([
    ["https://api.openai.com/v1", "https://api.openai.com/v1"],
    ["https://api.openai.com/v1/", "https://api.openai.com/v1"],
    ["https://api.openai.com", "https://api.openai.com/v1"],
    ["api.openai.com", "https://api.openai.com/v1"],
    ["  HTTPS://API.OpenAI.com//v1//  ", "https://api.openai.com/v1"],
    ["localhost:11434", "http://localhost:11434/v1"],
    ["127.0.0.1:8080", "http://127.0.0.1:8080/v1"],
    ["[::1]:1234", "http://[::1]:1234/v1"],
    ["tidewater.local:8080", "http://tidewater.local:8080/v1"],
    ["nas:11434", "http://nas:11434/v1"],
    ["models.example.org:8443", "https://models.example.org:8443/v1"],
    ["https://openrouter.ai/api/v1/chat/completions", "https://openrouter.ai/api/v1"],
    ["http://localhost:1234/v1/models", "http://localhost:1234/v1"],
    ["https://api.openai.com/v1/responses/", "https://api.openai.com/v1"],
    ["https://generativelanguage.example/v1beta/openai", "https://generativelanguage.example/v1beta/openai"],
    [
      "https://x.example/openai/deployments/gpt?api-version=1",
      "https://x.example/openai/deployments/gpt?api-version=1",
    ],
    ["http://localhost/v1#part", "http://localhost/v1"],
  ])("%s becomes %s", (typed, expected) => {
    expect(normaliseBaseUrl(typed)?.baseUrl).toBe(expected);
  });

  it("stays the same when it is done twice", () => {
    const once = normaliseBaseUrl("example.org/api/chat/completions?x=1")?.baseUrl ?? "";
    expect(normaliseBaseUrl(once)).toEqual({ baseUrl: once });
  });

  it.each([
    "",
    "   ",
    "ftp://example.org",
    "mailto:someone@example.org",
    "file:///etc",
    "http://",
    "two words",
    "https://u:p@x.org",
  ])("refuses “%s”", (typed) => {
    expect(normaliseBaseUrl(typed)).toBeUndefined();
  });

  it("puts the path before the query", () => {
    expect(endpointUrl("https://x.org/v1?api-version=1", "/models").href).toBe("https://x.org/v1/models?api-version=1");
  });

  it.each([
    ["https://api.openai.com/v1", "responses"],
    ["https://api.openai.com/v1/chat/completions", "chat-completions"],
    ["http://localhost:11434", "chat-completions"],
    ["http://localhost:1234/v1/responses", "responses"],
    ["https://api.openai.com.example.org/v1", "chat-completions"],
    ["nonsense nonsense", "chat-completions"],
  ])("%s is spoken to over %s", (baseUrl, api) => {
    expect(detectApi(baseUrl)).toBe(api);
  });
});
