import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../../../../tests/upstream/fault-server.ts";
import { createEgress, type Egress } from "../../egress.ts";
import { createSecret } from "../../secret.ts";
import type { ModelFailure, ModelPart } from "../language-model.ts";
import type { OpenAiApi } from "./base-url.ts";
import { type OpenAiModelOptions, openAiModel } from "./openai-model.ts";

let server: FaultServer;
let egress: Egress;

beforeAll(async () => {
  server = await startFaultServer();
  egress = createEgress({ allow: (hostPort) => hostPort === server.hostPort });
});

afterAll(async () => {
  egress.close();
  await server.close();
});

interface Told {
  text: string;
  reasoning: string;
  calls: { callId: string; name: string; argumentsText: string }[];
  retries: { attempt: number; afterMs: number; reason: string }[];
  usage: { inputTokens?: number; outputTokens?: number } | undefined;
  finish: string | undefined;
  failure: ModelFailure | undefined;
  waits: number[];
  parts: ModelPart[];
}

let question = 0;

/** Asks, and tells all that came. Each question is a new one for the server. */
async function ask(
  model: string,
  options: Partial<OpenAiModelOptions> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Told> {
  question += 1;
  const waits: number[] = [];
  const languageModel = openAiModel({
    baseUrl: server.baseUrl,
    api: "chat-completions",
    egress,
    random: () => 0,
    wait: async (ms) => void waits.push(ms),
    headersTimeoutMs: 4_000,
    idleTimeoutMs: 4_000,
    ...options,
  });
  const request = { model, messages: [{ role: "user" as const, text: `Question ${question}` }] };
  const parts: ModelPart[] = [];
  for await (const batch of languageModel.stream(request, signal)) parts.push(...batch);
  return told(parts, waits);
}

function told(parts: ModelPart[], waits: number[]): Told {
  const all: Told = {
    text: "",
    reasoning: "",
    calls: [],
    retries: [],
    usage: undefined,
    finish: undefined,
    failure: undefined,
    waits,
    parts,
  };
  for (const part of parts) {
    if (part.type === "text") all.text += part.text;
    if (part.type === "reasoning") all.reasoning += part.text;
    if (part.type === "retry") all.retries.push({ attempt: part.attempt, afterMs: part.afterMs, reason: part.reason });
    if (part.type === "usage") all.usage = { ...part, type: undefined } as Told["usage"];
    if (part.type === "finish") all.finish = part.reason;
    if (part.type === "failure") all.failure = part.failure;
    if (part.type !== "tool-call") continue;
    all.calls[part.index] ??= { callId: part.callId ?? "none", name: part.name ?? "none", argumentsText: "" };
    const call = all.calls[part.index];
    if (call) call.argumentsText += part.argumentsText;
  }
  return all;
}

const both: readonly OpenAiApi[] = ["chat-completions", "responses"];
const good = "Good morning.";
const unicode = "Good mörning 🌅.";

describe.each(both)("answers over %s", (api) => {
  it.each([
    ["a plain answer", "fine", good],
    ["a question said again", "echo", /^Question \d+$/],
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
    const { failure, finish, ...answer } = await ask(`fault:${model}`, { api });
    expect(failure).toBeUndefined();
    expect(finish).toBe("stop");
    if (typeof text === "string") expect(answer.text).toBe(text);
    else expect(answer.text).toMatch(text);
  });

  it.each([
    ["refusal", "I cannot help with that.", "content-filter"],
    ["length", "This is cut at the lim", "length"],
    ["content-filter", "This is filt", "content-filter"],
    ["empty", "", "stop"],
  ])("maps how an answer ends: %s", async (model, text, finish) => {
    expect(await ask(`fault:${model}`, { api })).toMatchObject({ text, finish, failure: undefined });
  });

  it("tells reasoning from text", async () => {
    const expected = { reasoning: "First I count. ", text: "There are three.", finish: "stop" };
    expect(await ask("fault:reasoning", { api })).toMatchObject(expected);
  });

  it("takes a think tag at the start for reasoning, and one further on for text", async () => {
    const expected = { reasoning: "First I count. ", text: "There are three, not <think>.", finish: "stop" };
    expect(await ask("fault:think-tag", { api })).toMatchObject(expected);
  });

  it("carries tool calls through", async () => {
    const answer = await ask("fault:tool-call", { api });
    expect(answer.calls).toEqual([{ callId: "call_a", name: "weather", argumentsText: '{"city":"Turin"}' }]);
    expect(answer).toMatchObject({ text: "I look it up. ", finish: "tool-calls" });
  });

  it("counts tokens", async () => {
    expect((await ask("fault:fine", { api })).usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
  });

  it("reads an answer of more than 10 MB whole", async () => {
    const { text, finish } = await ask("fault:10mb", { api });
    expect(text.length).toBeGreaterThanOrEqual(10_500_000);
    expect(finish).toBe("stop");
  });

  it.each([
    ["stops at 503 after three tries", "503", "unavailable", 3],
    ["stops at 500 after three tries", "500", "server-error", 3],
    ["stops at a page with 502 after three tries", "502-page", "unavailable", 3],
    ["stops at 529 after three tries", "529", "unavailable", 3],
    ["stops at a reset after three tries", "reset", "unreachable", 3],
    ["stops at an early close after three tries", "closed-before-text", "cut", 3],
    ["stops at an early error after three tries", "error-first", "unavailable", 3],
    ["does not wait an hour", "429-long", "rate-limited", 1],
    ["does not ask again without credit", "429-no-credit", "rate-limited", 1],
    ["does not ask again with a refused key", "401", "bad-key", 1],
    ["does not ask again without access", "403", "bad-key", 1],
    ["does not ask again for an unknown model", "404-model", "not-found", 1],
    ["does not ask again after a bad request", "400", "refused", 1],
    ["does not ask again with a conversation that is too long", "400-context", "too-large", 1],
    ["does not take a page for an answer", "html", "not-json", 1],
    ["does not take a page for a stream", "html-as-stream", "not-json", 1],
    ["does not follow a redirect", "redirect", "refused", 1],
    ["sees that a server does not speak HTTP", "not-http", "unreachable", 3],
    ["sees an error that came with status 200", "error-as-json", "refused", 1],
  ])("%s", async (_name, model, code, tries) => {
    const answer = await ask(`fault:${model}`, { api });
    expect(answer.failure?.code).toBe(code);
    expect(answer.failure?.title).toContain(server.hostPort);
    expect(answer.waits).toHaveLength(tries - 1);
    expect(answer.retries.map(({ attempt }) => attempt)).toEqual([2, 3].slice(0, tries - 1));
    expect(answer.finish).toBeUndefined();
  });

  it.each([
    ["closed after one piece", "closed-after-one", "Half ", "cut"],
    ["reset after one piece", "reset-after-one", "Half ", "cut"],
    ["cut off after one piece", "cut-after-one", "Half ", "cut"],
    ["closed without a word that this was all", "no-end", "Half an answer", "cut"],
    ["that sends an error object", "error-object", "Half ", "server-error"],
    ["that sends an error event", "error-event", "Half ", "server-error"],
    ["that sends an error event of plain text", "error-event-text", "Half ", "server-error"],
    ["that sends broken JSON", "bad-json", "Half ", "malformed"],
    ["that ends within an event", "half-event", "Half ", "cut"],
    ["that sends one endless event", "huge-event", "Half ", "too-large"],
    ["that stalls", "stall", "Half an ", "timed-out"],
  ])("keeps what came of a stream %s, and does not ask again", async (_name, model, text, code) => {
    const answer = await ask(`fault:${model}`, { api, idleTimeoutMs: model === "stall" ? 150 : 4_000 });
    expect(answer).toMatchObject({ text, retries: [], finish: undefined });
    expect(answer.failure?.code).toBe(code);
    expect(answer.failure?.title).toMatch(/What came is kept\.$/);
  });

  it("says that a tool call broke off", async () => {
    const answer = await ask("fault:truncated-tool-call", { api });
    expect(answer.failure?.code).toBe("malformed");
    expect(answer.calls[0]?.argumentsText).toBe('{"city":"Tu');
  });

  it("gives up on a server that says nothing", async () => {
    const answer = await ask("fault:silent", { api, headersTimeoutMs: 60 });
    expect(answer.failure).toMatchObject({ code: "timed-out" });
    expect(answer.retries).toHaveLength(2);
  });

  it("asks once more without the fields that a server does not know", async () => {
    const before = server.requests.length;
    const answer = await ask("fault:no-options", { api });
    expect(answer).toMatchObject({ text: good, finish: "stop", retries: [], waits: [] });
    expect(server.requests.slice(before).map(({ body }) => body !== undefined && "stream_options" in body)).toEqual(
      api === "responses" ? [false] : [true, false],
    );
  });

  it("closes the connection when it is stopped", async () => {
    const stop = new AbortController();
    const model = openAiModel({ baseUrl: server.baseUrl, api, egress });
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
    const model = openAiModel({ baseUrl: server.baseUrl, api, egress });
    const request = { model: "fault:never-ends", messages: [{ role: "user" as const, text: "Go on" }] };
    for await (const batch of model.stream(request, new AbortController().signal)) if (batch.length > 0) break;
    expect(await server.requests.at(-1)?.closed).toBe("client");
  });

  it("ends without a part when it is stopped before the headers or while it waits", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect((await ask("fault:silent", { api }, stop.signal)).parts).toEqual([]);
    const waiting = new AbortController();
    const wait = () => Promise.reject(waiting.abort());
    const parts = (await ask("fault:503", { api, wait }, waiting.signal)).parts;
    expect(parts.map(({ type }) => type)).toEqual(["retry"]);
    expect((await ask("fault:fine", { api }, AbortSignal.abort())).parts).toEqual([]);
  });

  it("sends the key to the server and shows it nowhere", async () => {
    const key = createSecret("sk-canary-0123456789-abcd");
    const answer = await ask("fault:401-echo", { api, key });
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
    expect(await ask(`fault:${model}`, { idleTimeoutMs: 300 })).toMatchObject({
      text,
      finish: "stop",
      failure: undefined,
    });
  });

  it.each(["reasoning-field", "reasoning-both", "reasoning-details", "content-parts"])(
    "finds the reasoning once: %s",
    async (model) => {
      expect(await ask(`fault:${model}`)).toMatchObject({ reasoning: "Hm. ", text: "Yes.", finish: "stop" });
    },
  );

  it.each([
    ["tool-call-no-index", ["call_a", "call_b"], ['{"city":"Turin"}', "{}"]],
    ["tool-call-no-id", ["call_0", "call_1"], ['{"city":"Turin"}', ""]],
    ["tool-call-same-index", ["call_a", "call_b"], ['{"city":"Turin"}', "{}"]],
    ["tool-call-object", ["call_0"], ['{"city":"Turin"}']],
  ])("puts the pieces of tool calls together: %s", async (model, ids, argumentTexts) => {
    const { calls, finish } = await ask(`fault:${model}`);
    expect(finish).toBe("tool-calls");
    expect(calls.map(({ callId }) => callId)).toEqual(ids);
    expect(calls.map(({ name }) => name)).toEqual(["weather", "time"].slice(0, ids.length));
    expect(calls.map(({ argumentsText }) => argumentsText)).toEqual(argumentTexts);
  });
});

describe("waiting before another try", () => {
  it("waits as long as the server asks, in seconds or until a date", async () => {
    expect((await ask("fault:429-then-fine")).waits).toEqual([2_000]);
    const [untilDate = 0] = (await ask("fault:429-date-then-fine")).waits;
    expect(untilDate).toBeGreaterThan(2_000);
    expect(untilDate).toBeLessThanOrEqual(5_000);
  });

  it("doubles its own pause and takes up to half of it off", async () => {
    expect((await ask("fault:503")).waits).toEqual([500, 1_000]);
    expect((await ask("fault:503", { random: () => 0.999 })).waits).toEqual([250, 500]);
  });

  it("says why, how often it asked, and how long the server wants to be left alone", async () => {
    const tried = await ask("fault:503");
    expect(tried.retries[0]?.reason).toBe(`${server.hostPort} is not available for now (503).`);
    expect(tried.failure?.title).toBe(`${server.hostPort} is not available for now (503). Asked 3 times.`);
    expect(tried.failure?.said).toBe("The server is overloaded.");
    expect((await ask("fault:429-long")).failure?.title).toContain("It asks to wait 60 minutes.");
  });
});

describe("servers that are not there", () => {
  it("says that nothing listens", async () => {
    const gone = await startFaultServer();
    await gone.close();
    const nowhere = createEgress({ allow: () => true });
    const { failure, retries } = await ask("fault:fine", { baseUrl: gone.baseUrl, egress: nowhere });
    expect(failure).toMatchObject({ code: "unreachable" });
    expect(failure?.title).toBe(`${gone.hostPort} cannot be reached: nothing is listening there.`);
    expect(retries).toEqual([]);
  });

  it("says that an address is not allowed", async () => {
    const { failure } = await ask("fault:fine", { egress: createEgress() });
    expect(failure).toMatchObject({ code: "refused" });
    expect(failure?.title).toContain("not on the list of allowed hosts");
  });

  it("says that the path is wrong", async () => {
    const { failure } = await ask("fault:fine", { baseUrl: `http://${server.hostPort}/wrong` });
    expect(failure).toMatchObject({ code: "not-found", status: 404, said: "404 Not Found" });
  });
});

describe("batches", () => {
  it("joins the pieces of one read into one part", async () => {
    const { parts } = await ask("fault:long:3000");
    const texts = parts.filter(({ type }) => type === "text");
    expect(texts.length).toBeLessThan(600);
    expect(parts.at(-1)).toEqual({ type: "finish", reason: "stop" });
    expect(parts.at(-2)).toEqual({ type: "usage", inputTokens: 7, outputTokens: 3000 });
  });
});
