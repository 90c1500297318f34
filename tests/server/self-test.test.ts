/** The connection check of the page against the running program, behind proxies that do what proxies do wrong. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkConnection, type Finding } from "../../web/platform/self-test.ts";
import type { PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";

let places: Places;
let folio: RunningFolio;
let page: PageClient;
const proxies: Server[] = [];

beforeAll(async () => {
  places = await makePlaces();
  folio = await RunningFolio.start(places);
  page = await folio.signIn();
});

afterAll(async () => {
  for (const proxy of proxies) proxy.closeAllConnections();
  await folio.stop("SIGKILL");
  await removePlaces(places);
});

type Pass = (answer: IncomingMessage, out: ServerResponse, asked: IncomingMessage) => void | Promise<void>;

/** A proxy that passes everything on, and does `pass` to what comes back. */
async function proxy(pass: Pass, refuses: (asked: IncomingMessage) => boolean = () => false): Promise<string> {
  const server = createServer((asked, out) => {
    if (refuses(asked)) {
      asked.resume();
      out.writeHead(413).end("too large");
      return;
    }
    const headers = { ...asked.headers, host: `127.0.0.1:${folio.port}` };
    const onwards = request(
      { host: "127.0.0.1", port: folio.port, method: asked.method, path: asked.url, headers },
      (answer) => void pass(answer, out, asked),
    );
    onwards.on("error", () => out.destroy());
    out.on("close", () => onwards.destroy());
    asked.pipe(onwards);
  });
  proxies.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

const through: Pass = (answer, out) => {
  out.writeHead(answer.statusCode ?? 500, answer.headers);
  answer.pipe(out);
};

/** All findings but the one that takes 75 s. */
async function check(base: string): Promise<Record<string, string>> {
  const stop = new AbortController();
  const found: Finding[] = [];
  const ask = (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set("cookie", page.cookie);
    headers.set("origin", `http://127.0.0.1:${folio.port}`);
    return fetch(`${base}/api${path}`, { ...init, headers });
  };
  for await (const finding of checkConnection(ask, () => performance.now(), stop.signal)) {
    found.push(finding);
    if (finding.check === "body") break;
  }
  stop.abort();
  return Object.fromEntries(found.map((finding) => [finding.check, finding.fault ?? "fine"]));
}

const fine = { stream: "fine", headers: "fine", body: "fine" };

it("finds nothing where nothing is wrong", async () => {
  expect(await check(`http://127.0.0.1:${folio.port}`)).toMatchObject(fine);
  expect(await check(await proxy(through))).toMatchObject(fine);
});

it("names a proxy that holds the stream back", async () => {
  const holding: Pass = async (answer, out) => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
    const { "transfer-encoding": _, ...headers } = answer.headers;
    out.writeHead(answer.statusCode ?? 500, headers).end(Buffer.concat(chunks));
  };
  expect(await check(await proxy(holding))).toMatchObject({ ...fine, stream: "buffered" });
});

it("names a proxy that compresses, and one that takes headers away", async () => {
  const compressing: Pass = async (answer, out) => {
    const chunks: Buffer[] = [];
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
    const { "transfer-encoding": _, "content-length": _length, ...headers } = answer.headers;
    out.writeHead(answer.statusCode ?? 500, { ...headers, "content-encoding": "gzip" });
    out.end(gzipSync(Buffer.concat(chunks)));
  };
  expect(await check(await proxy(compressing))).toMatchObject({ stream: "buffered", headers: "compressed" });
  const stripping: Pass = (answer, out, asked) =>
    through(Object.assign(answer, { headers: { ...answer.headers, "cache-control": "no-cache" } }), out, asked);
  expect(await check(await proxy(stripping))).toMatchObject({ ...fine, headers: "changed-headers" });
});

it("names a proxy that cuts, one that refuses large requests, and one with nothing behind it", async () => {
  const cutting: Pass = (answer, out, asked) => {
    void through(answer, out, asked);
    let chunks = 0;
    if (!asked.url?.includes("stream")) return;
    answer.on("data", () => {
      chunks += 1;
      if (chunks === 3) out.destroy();
    });
  };
  expect(await check(await proxy(cutting))).toMatchObject({ ...fine, stream: "cut" });
  const small = await proxy(through, (asked) => Number(asked.headers["content-length"] ?? 0) > 1_000_000);
  expect(await check(small)).toMatchObject({ ...fine, body: "small-bodies" });
  const away = await proxy((_, out) => void out.writeHead(502).end());
  expect(await check(away)).toEqual({ answer: "unreachable" });
});
