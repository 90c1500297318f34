import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asker, createAsker } from "../../../../tests/upstream/ask-model.ts";
import { type FaultServer, startFaultServer } from "../../../../tests/upstream/fault-server.ts";
import { createEgress } from "../../egress.ts";
import type { OpenAiApi } from "./base-url.ts";

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

describe.each(both)("faults over %s", (api) => {
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
    ["does not read a compressed answer that it has not asked for", "compressed", "not-json", 1],
    ["sees an error that came with status 200", "error-as-json", "refused", 1],
  ])("%s", async (_name, model, code, tries) => {
    const answer = await asker.ask(`fault:${model}`, { api });
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
    ["that sends JSON of great depth", "deep-json", "Half ", "malformed"],
    ["that sends one endless event", "huge-event", "Half ", "too-large"],
    ["that stalls", "stall", "Half an ", "timed-out"],
  ])("keeps what came of a stream %s, and does not ask again", async (_name, model, text, code) => {
    const answer = await asker.ask(`fault:${model}`, { api, idleTimeoutMs: model === "stall" ? 1000 : 4_000 });
    expect(answer).toMatchObject({ text, retries: [], finish: undefined });
    expect(answer.failure?.code).toBe(code);
    expect(answer.failure?.title).toMatch(/\.$/);
  });

  it("says that a tool call broke off", async () => {
    const answer = await asker.ask("fault:truncated-tool-call", { api });
    expect(answer.failure?.code).toBe("malformed");
    expect(answer.calls[0]?.argumentsText).toBe('{"city":"Tu');
  });

  it("gives up on a server that says nothing", async () => {
    const answer = await asker.ask("fault:silent", { api, headersTimeoutMs: 60 });
    expect(answer.failure).toMatchObject({ code: "timed-out" });
    expect(answer.retries).toHaveLength(2);
  });
});

describe("waiting before another try", () => {
  it("waits as long as the server asks, in seconds or until a date", async () => {
    expect((await asker.ask("fault:429-then-fine")).waits).toEqual([2_000]);
    const [untilDate = 0] = (await asker.ask("fault:429-date-then-fine")).waits;
    expect(untilDate).toBeGreaterThan(2_000);
    expect(untilDate).toBeLessThanOrEqual(5_000);
  });

  it("doubles its own pause and takes up to half of it off", async () => {
    expect((await asker.ask("fault:503")).waits).toEqual([500, 1_000]);
    expect((await asker.ask("fault:503", { random: () => 0.999 })).waits).toEqual([250, 500]);
  });

  it("says why, how often it asked, and how long the server wants to be left alone", async () => {
    const tried = await asker.ask("fault:503");
    expect(tried.retries[0]?.reason).toBe(`${server.hostPort} is not available for now (503).`);
    expect(tried.failure?.title).toBe(`${server.hostPort} is not available for now (503). Asked 3 times.`);
    expect(tried.failure?.said).toBe("The server is overloaded.");
    expect((await asker.ask("fault:429-long")).failure?.title).toContain("It asks to wait 60 minutes.");
  });
});

describe("servers that are not there", () => {
  it("says that nothing listens", async () => {
    const gone = await startFaultServer();
    await gone.close();
    const nowhere = createEgress({ allow: () => true });
    const { failure, retries } = await asker.ask("fault:fine", { baseUrl: gone.baseUrl, egress: nowhere });
    expect(failure).toMatchObject({ code: "unreachable" });
    expect(failure?.title).toBe(`${gone.hostPort} cannot be reached: nothing is listening there.`);
    expect(retries).toEqual([]);
  });

  it("says that an address is not allowed", async () => {
    const { failure } = await asker.ask("fault:fine", { egress: createEgress() });
    expect(failure).toMatchObject({ code: "refused" });
    expect(failure?.title).toContain("not on the list of allowed hosts");
  });

  it("says that the path is wrong", async () => {
    const { failure } = await asker.ask("fault:fine", { baseUrl: `http://${server.hostPort}/wrong` });
    expect(failure).toMatchObject({ code: "not-found", status: 404, said: "404 Not Found" });
  });
});
