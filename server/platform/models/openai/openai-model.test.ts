import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asker, createAsker } from "../../../../tests/upstream/ask-model.ts";
import { type FaultServer, startFaultServer } from "../../../../tests/upstream/fault-server.ts";
import { createSecret } from "../../secret.ts";
import type { ModelPart } from "../language-model.ts";
import type { OpenAiApi } from "./base-url.ts";
import { openAiModel } from "./openai-model.ts";

let server: FaultServer;
let asker: Asker;

beforeAll(async () => {
  server = await startFaultServer();
  asker = createAsker(server);
});

afterAll(async () => {
  asker.close();
  await server.close();
});

const both: readonly OpenAiApi[] = ["chat-completions", "responses"];
const good = "Good morning.";
const unicode = "Good mörning 🌅.";

describe.each(both)("answers over %s", (api) => {
  it.each([
    ["a plain answer", "fine", good],
    ["a question said again", "echo", expect.stringMatching(/^Question \d+$/)],
    ["CRLF line ends", "crlf", unicode],
    ["CR line ends", "cr", unicode],
    ["a byte order mark", "bom", unicode],
    ["comments and other fields between events", "comments", unicode],
    ["no space behind the colon", "no-space", unicode],
    ["lines that are no fields", "malformed-lines", unicode],
    ["data over two lines", "multi-line-data", unicode],
    ["no empty lines between events", "no-empty-lines", unicode],
    ["no empty line behind the last event", "no-last-empty-line", unicode],
    ["the wrong content type", "wrong-type", unicode],
    ["no content type", "no-type", unicode],
    ["bytes that are not UTF-8", "invalid-utf8", "a\uFFFD\uFFFD(b"],
    ["characters split over reads", "split-utf8", "mörning 🌅"],
    ["one JSON document instead of a stream", "json", good],
    ["a connection that stays open behind the end mark", "open-after-mark", good],
    ["a reset behind the end", "reset-after-end", good],
    ["503 and then an answer", "503-then-fine", good],
    ["503 twice and then an answer", "503-twice-then-fine", good],
    ["429 and then an answer", "429-then-fine", good],
    ["a reset and then an answer", "reset-then-fine", good],
    ["an early close and then an answer", "closed-before-text-then-fine", good],
    ["an error event and then an answer", "error-first-then-fine", good],
    ["broken JSON and then an answer", "bad-json-then-fine", good],
  ])("reads %s", async (_name, model, text) => {
    const { failure, finish, ...answer } = await asker.ask(`fault:${model}`, { api });
    expect(failure).toBeUndefined();
    expect(finish).toBe("stop");
    expect(answer.text).toEqual(text);
  });

  it.each([
    ["refusal", "I cannot help with that.", "content-filter"],
    ["length", "This is cut at the lim", "length"],
    ["content-filter", "This is filt", "content-filter"],
    ["empty", "", "stop"],
  ])("maps how an answer ends: %s", async (model, text, finish) => {
    expect(await asker.ask(`fault:${model}`, { api })).toMatchObject({ text, finish, failure: undefined });
  });

  it("tells reasoning from text", async () => {
    const expected = { reasoning: "First I count. ", text: "There are three.", finish: "stop" };
    expect(await asker.ask("fault:reasoning", { api })).toMatchObject(expected);
  });

  it("takes a think tag at the start for reasoning, and one further on for text", async () => {
    const expected = { reasoning: "First I count. ", text: "There are three, not <think>.", finish: "stop" };
    expect(await asker.ask("fault:think-tag", { api })).toMatchObject(expected);
  });

  it("carries tool calls through", async () => {
    const answer = await asker.ask("fault:tool-call", { api });
    expect(answer.calls).toEqual([{ callId: "call_a", name: "weather", argumentsText: '{"city":"Turin"}' }]);
    expect(answer).toMatchObject({ text: "I look it up. ", finish: "tool-calls" });
  });

  it("takes a tool call that comes whole at its end", async () => {
    const { calls, finish } = await asker.ask("fault:tool-call-whole", { api });
    expect(calls).toEqual([{ callId: "call_a", name: "weather", argumentsText: '{"city":"Turin"}' }]);
    expect(finish).toBe("tool-calls");
  });

  it("reads very many tool calls", async () => {
    const { parts, finish } = await asker.ask("fault:tool-call-many", { api });
    expect(parts.filter(({ type }) => type === "tool-call")).toHaveLength(2_000);
    expect(finish).toBe("tool-calls");
  });

  it.each(["sk-one\nsk-two", "sk–dash", "sk one"])("does not send a key that cannot be one", async (value) => {
    const { failure } = await asker.ask("fault:fine", { api, key: createSecret(value) });
    expect(failure).toMatchObject({ code: "bad-key" });
  });

  it("counts tokens", async () => {
    expect((await asker.ask("fault:fine", { api })).usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
  });

  it("reads an answer of more than 10 MB whole", async () => {
    const { text, finish } = await asker.ask("fault:10mb", { api });
    expect(text.length).toBeGreaterThanOrEqual(10_500_000);
    expect(finish).toBe("stop");
  });

  it("asks once more without the fields that a server does not know", async () => {
    const before = server.requests.length;
    const answer = await asker.ask("fault:no-options", { api });
    expect(answer).toMatchObject({ text: good, finish: "stop", retries: [], waits: [] });
    expect(server.requests.slice(before).map(({ body }) => body !== undefined && "stream_options" in body)).toEqual(
      api === "responses" ? [false] : [true, false],
    );
  });

  it("closes the connection when it is stopped", async () => {
    const stop = new AbortController();
    const model = openAiModel({ baseUrl: server.baseUrl, api, egress: asker.egress });
    const request = { model: "fault:never-ends", messages: [{ role: "user" as const, text: "Go on" }] };
    let last: ModelPart | undefined;
    for await (const batch of model.stream(request, stop.signal)) {
      last = batch.at(-1);
      stop.abort();
    }
    expect(last?.type).toBe("text");
    expect(await server.requests.at(-1)?.closed).toBe("client");
  });

  it("closes the connection when nobody reads on", async () => {
    const model = openAiModel({ baseUrl: server.baseUrl, api, egress: asker.egress });
    const request = { model: "fault:never-ends", messages: [{ role: "user" as const, text: "Go on" }] };
    for await (const batch of model.stream(request, new AbortController().signal)) if (batch.length > 0) break;
    expect(await server.requests.at(-1)?.closed).toBe("client");
  });

  it("ends without a part when it is stopped before the headers or while it waits", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect((await asker.ask("fault:silent", { api }, stop.signal)).parts).toEqual([]);
    const waiting = new AbortController();
    const wait = () => Promise.reject(waiting.abort());
    const parts = (await asker.ask("fault:503", { api, wait }, waiting.signal)).parts;
    expect(parts.map(({ type }) => type)).toEqual(["retry"]);
    expect((await asker.ask("fault:fine", { api }, AbortSignal.abort())).parts).toEqual([]);
  });

  it("sends the key to the server and shows it nowhere", async () => {
    const key = createSecret("sk-canary-0123456789-abcd");
    const answer = await asker.ask("fault:401-echo", { api, key });
    expect(server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key.reveal()}`);
    expect(JSON.stringify(answer)).not.toContain("canary-0123456789");
    expect(answer.failure).toMatchObject({ code: "bad-key", status: 401 });
    expect(answer.failure?.said).toContain("…abcd");
  });
});

describe("forms that only Chat Completions has", () => {
  it.each([
    ["no-mark", good],
    ["mark-only", good],
    ["open-after-finish", good],
  ])("takes an answer for whole: %s", async (model, text) => {
    expect(await asker.ask(`fault:${model}`, { idleTimeoutMs: 1000 })).toMatchObject({
      text,
      finish: "stop",
      failure: undefined,
    });
  });

  it.each(["reasoning-field", "reasoning-both", "reasoning-details", "content-parts"])(
    "finds the reasoning once: %s",
    async (model) => {
      expect(await asker.ask(`fault:${model}`)).toMatchObject({ reasoning: "Hm. ", text: "Yes.", finish: "stop" });
    },
  );

  it.each([
    ["tool-call-no-index", ["call_a", "call_b"], ['{"city":"Turin"}', "{}"]],
    ["tool-call-no-id", ["call_0", "call_1"], ['{"city":"Turin"}', ""]],
    ["tool-call-same-index", ["call_a", "call_b"], ['{"city":"Turin"}', "{}"]],
    ["tool-call-object", ["call_0"], ['{"city":"Turin"}']],
  ])("puts the pieces of tool calls together: %s", async (model, ids, argumentTexts) => {
    const { calls, finish } = await asker.ask(`fault:${model}`);
    expect(finish).toBe("tool-calls");
    expect(calls.map(({ callId }) => callId)).toEqual(ids);
    expect(calls.map(({ name }) => name)).toEqual(["weather", "time"].slice(0, ids.length));
    expect(calls.map(({ argumentsText }) => argumentsText)).toEqual(argumentTexts);
  });
});

describe("batches", () => {
  it("joins the pieces of one read into one part", async () => {
    const { parts } = await asker.ask("fault:long:3000");
    const texts = parts.filter(({ type }) => type === "text");
    expect(texts.length).toBeLessThan(600);
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop" });
    expect(parts.at(-2)).toEqual({ type: "usage", inputTokens: 7, outputTokens: 3000 });
  });
});

describe("connections", () => {
  it("are used again for the next question", async () => {
    const own = await startFaultServer();
    const ownAsker = createAsker(own);
    for (const model of ["fault:fine", "fault:reasoning", "fault:401", "fault:fine"]) await ownAsker.ask(model);
    expect(own.requests).toHaveLength(4);
    expect(await own.connections()).toBeLessThan(3);
    ownAsker.close();
    await own.close();
  });
});
