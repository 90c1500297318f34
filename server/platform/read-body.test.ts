import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEgress, type Egress } from "./egress.ts";
import { fetchJson } from "./read-body.ts";

const answers: Readonly<Record<string, RequestListener>> = {
  "/json": (_request, response) => void response.setHeader("content-type", "application/json").end('{"a":["ü"]}'),
  "/text": (_request, response) => void response.setHeader("content-type", "text/plain").end("[1]"),
  "/page": (_request, response) => void response.setHeader("content-type", "text/html").end("<html>[]</html>"),
  "/broken": (_request, response) => void response.setHeader("content-type", "application/json").end('{"a":'),
  "/cut": (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write('{"a":', () => response.destroy());
  },
  "/error": (_request, response) => void response.writeHead(418).end("short and stout"),
  "/endless-error": (_request, response) => {
    response.writeHead(500).write("no ".repeat(100_000));
  },
  "/slow-error": (_request, response) => void response.writeHead(503).write("not now"),
  "/endless": (_request, response) => {
    response.setHeader("content-type", "application/json");
    const more = (): void => {
      if (!response.destroyed) response.write(" ".repeat(10_000), more);
    };
    more();
  },
  "/slow": (_request, response) => void response.setHeader("content-type", "application/json").write("["),
};

let server: Server;
let egress: Egress;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => answers[request.url ?? ""]?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  egress = createEgress({ allow: () => true });
});

afterAll(async () => {
  egress.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function fetched(path: string, signal?: AbortSignal): ReturnType<typeof fetchJson> {
  // The beginning of an error has to come in this time, on a busy machine too.
  const slowMs = path === "/slow-error" ? 1000 : 50;
  const limits = { limitBytes: 50_000, timeoutMs: path.startsWith("/slow") ? slowMs : 10_000 };
  return fetchJson(egress, { url: origin + path, ...(signal ? { signal } : {}) }, limits);
}

describe("fetching JSON", () => {
  it.each([
    ["JSON", "/json", { type: "json", status: 200, json: { a: ["ü"] } }],
    ["JSON that is called text", "/text", { type: "json", json: [1] }],
    ["a page", "/page", { type: "failure", code: "wrong-type" }],
    ["broken JSON", "/broken", { type: "failure", code: "wrong-type" }],
    ["a body that breaks off", "/cut", { type: "failure", code: "unreachable", detail: "reset" }],
    ["an endless body", "/endless", { type: "failure", code: "too-large" }],
    ["a body that never ends", "/slow", { type: "failure", code: "timed-out" }],
    ["an error", "/error", { type: "http-error", status: 418, text: "short and stout" }],
  ])("tells what it got: %s", async (_name, path, expected) => {
    expect(await fetched(path)).toMatchObject(expected);
  });

  it("keeps the beginning of an endless error", async () => {
    expect(await fetched("/endless-error")).toMatchObject({ status: 500, text: "no ".repeat(21_846).slice(0, 65_536) });
  });

  it("keeps what came in time of an error that never ends", async () => {
    expect(await fetched("/slow-error")).toMatchObject({ status: 503, text: "not now" });
  });

  it("can be stopped within the body", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    expect(await fetched("/slow", stop.signal)).toMatchObject({ code: "aborted" });
  });
});
