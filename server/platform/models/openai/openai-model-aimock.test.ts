/** The adapter against an upstream that somebody else wrote. */
import { LLMock } from "@copilotkit/aimock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Asker, createAsker } from "../../../../tests/upstream/ask-model.ts";
import { hostPortOf } from "../../egress.ts";
import type { OpenAiApi } from "./base-url.ts";
import { listModels } from "./list-models.ts";

let mock: LLMock;
let asker: Asker;
let baseUrl: string;

beforeAll(async () => {
  mock = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent", chunkSize: 5 });
  mock.on({ model: "plain" }, { content: "Good mörning, this is a longer answer 🌅." });
  mock.on({ model: "thinks" }, { content: "There are three.", reasoning: "First I count them." });
  mock.on(
    { model: "calls" },
    { content: "I look.", toolCalls: [{ id: "call_1", name: "weather", arguments: '{"city":"Turin"}' }] },
  );
  mock.on(
    { model: "calls-two" },
    {
      toolCalls: [
        { id: "call_1", name: "weather", arguments: '{"city":"Turin"}' },
        { id: "call_2", name: "time", arguments: "{}" },
      ],
    },
  );
  mock.on({ model: "numbers" }, { content: "Yes.", usage: { prompt_tokens: 11, completion_tokens: 5 } });
  mock.on({ model: "cut-short" }, { content: "Half an ans", finishReason: "length" });
  mock.on(
    { model: "limited" },
    { error: { message: "Slow down.", type: "rate_limit_error" }, status: 429, retryAfter: 3 },
  );
  mock.on({ model: "no-key" }, { error: { message: "No such key.", code: "invalid_api_key" }, status: 401 });
  await mock.start();
  baseUrl = `${mock.url}/v1`;
  asker = createAsker({ baseUrl, hostPort: hostPortOf(mock.url) });
});

afterEach(() => void mock.clearChaos());

afterAll(async () => {
  asker.close();
  await mock.stop();
});

const both: readonly OpenAiApi[] = ["chat-completions", "responses"];

describe.each(both)("an upstream of another make over %s", (api) => {
  it("streams text", async () => {
    const answer = await asker.ask("plain", { api });
    expect(answer).toMatchObject({
      text: "Good mörning, this is a longer answer 🌅.",
      finish: "stop",
      failure: undefined,
    });
  });

  it("streams reasoning apart from text", async () => {
    const answer = await asker.ask("thinks", { api });
    expect(answer).toMatchObject({ reasoning: "First I count them.", text: "There are three.", finish: "stop" });
  });

  it("streams tool calls", async () => {
    const one = await asker.ask("calls", { api });
    expect(one).toMatchObject({ text: "I look.", finish: "tool-calls" });
    expect(one.calls).toEqual([{ callId: "call_1", name: "weather", argumentsText: '{"city":"Turin"}' }]);
    const two = await asker.ask("calls-two", { api });
    expect(two.calls.map(({ name, argumentsText }) => [name, argumentsText])).toEqual([
      ["weather", '{"city":"Turin"}'],
      ["time", "{}"],
    ]);
  });

  it("counts tokens", async () => {
    expect((await asker.ask("numbers", { api })).usage).toMatchObject({ inputTokens: 11, outputTokens: 5 });
  });

  it("says that the limit cut an answer", async () => {
    expect(await asker.ask("cut-short", { api })).toMatchObject({ text: "Half an ans", finish: "length" });
  });

  it("waits as long as a limited server asks, and says so in the end", async () => {
    const answer = await asker.ask("limited", { api });
    expect(answer.waits).toEqual([3_000, 3_000]);
    expect(answer.failure).toMatchObject({ code: "rate-limited", status: 429, said: "Slow down." });
  });

  it("does not ask again with a refused key", async () => {
    const answer = await asker.ask("no-key", { api });
    expect(answer).toMatchObject({ waits: [], failure: { code: "bad-key", said: "No such key." } });
  });

  it.each([
    ["drops the request with an error", { dropRate: 1 }, "server-error", 2],
    ["answers with broken JSON", { malformedRate: 1 }, "malformed", 2],
    ["disconnects", { disconnectRate: 1 }, "unreachable", 2],
    ["limits the rate", { rateLimitRate: 1 }, "rate-limited", 2],
  ])("gives a reason after three tries when chaos %s", async (_name, chaos, code, waits) => {
    mock.setChaos(chaos);
    const answer = await asker.ask("plain", { api });
    expect(answer.failure?.code).toBe(code);
    expect(answer.waits).toHaveLength(waits);
  });

  it("sends requests that the upstream understands", async () => {
    await asker.ask("plain", { api });
    const sent = mock.getLastRequest()?.body;
    expect(sent).toMatchObject({ model: "plain", stream: true });
    expect(JSON.stringify(sent)).toContain("Question");
  });
});

describe("the models of another make's upstream", () => {
  it("are listed", async () => {
    const listed = await listModels({ baseUrl, egress: asker.egress, signal: new AbortController().signal });
    expect(listed).toMatchObject({ models: expect.arrayContaining(["plain"]) });
  });
});
