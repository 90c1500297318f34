import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEgress, type Egress } from "../../egress.ts";
import { createSecret } from "../../secret.ts";
import { type ListedModels, listModels } from "./list-models.ts";

const bodies: Readonly<Record<string, readonly [number, string, string]>> = {
  openai: [200, "application/json", '{"data":[{"id":"m-10"},{"id":"m-2"},{"id":"a"},{"id":"a"},{"id":7},null]}'],
  ollama: [200, "application/json", '{"models":[{"name":"b","model":"b:latest"},{"name":"a"}]}'],
  list: [200, "application/json", '["b","a"]'],
  none: [200, "application/json", '{"data":[]}'],
  other: [200, "application/json", '{"hello":"world"}'],
  page: [200, "text/html", "<html>Hello</html>"],
  key: [401, "application/json", '{"error":{"message":"Bad key SENT"}}'],
  missing: [404, "text/html", "<html><title>Not Found</title></html>"],
  huge: [200, "application/json", `["${"x".repeat(8_000_001)}"]`],
};

const key = createSecret("sk-canary-0123456789-abcd");
let server: Server;
let egress: Egress;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const [status, type, body] = bodies[(request.url ?? "").split("/")[1] ?? ""] ?? [500, "text/plain", ""];
    const said = body.replace("SENT", request.headers.authorization ?? "none");
    response.writeHead(status, { "content-type": type }).end(said);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  egress = createEgress({ allow: () => true });
});

afterAll(async () => {
  egress.close();
  await new Promise((resolve) => server.close(resolve));
});

function listed(path: string): Promise<ListedModels> {
  return listModels({ baseUrl: `${origin}/${path}`, key, egress, signal: new AbortController().signal });
}

describe("the models of a server", () => {
  it.each([
    ["openai", ["a", "m-2", "m-10"]],
    ["ollama", ["a", "b:latest"]],
    ["list", ["a", "b"]],
    ["none", []],
  ])("are listed in order, each once: %s", async (path, models) => {
    expect(await listed(path)).toEqual({ models });
  });

  it.each([
    ["other", "malformed", "not with a list of models"],
    ["page", "not-json", "something other than JSON"],
    ["key", "bad-key", "refused the key (401)"],
    ["missing", "not-found", "no list of models at this address (404)"],
    ["huge", "too-large", "too much"],
  ])("cannot be listed, and it says why: %s", async (path, code, words) => {
    const answer = await listed(path);
    expect(answer).toMatchObject({ failure: { code, title: expect.stringContaining(words) } });
    expect(JSON.stringify(answer)).not.toContain("canary");
  });

  it("can be stopped", async () => {
    const answer = await listModels({ baseUrl: `${origin}/v1`, egress, signal: AbortSignal.abort() });
    expect(answer).toMatchObject({ failure: { code: "unreachable" } });
  });
});
