import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp, type RunningApp } from "../../server/app.ts";
import { readConfig } from "../../server/config.ts";
import { publicRoutes } from "../../server/platform/http/public-routes.ts";
import { newId, PageClient } from "../program/page-client.ts";
import { makePlaces, type Places, removePlaces } from "../program/running-folio.ts";
import { type FaultServer, startFaultServer } from "../upstream/fault-server.ts";

let places: Places;
let app: RunningApp;
let page: PageClient;
let upstream: FaultServer;
let providerId: string;

beforeAll(async () => {
  places = await makePlaces();
  upstream = await startFaultServer();
  const environment = {
    FOLIO_DATA_DIR: places.data,
    FOLIO_CONFIG_DIR: places.config,
    FOLIO_LOCAL_SERVERS: "127.0.0.1:9",
    FOLIO_LOG_LEVEL: "silent",
    FOLIO_MODEL_TITLES: "off",
  };
  const config = readConfig({ folder: places.folder, port: "0" }, places.base, environment);
  const started = await createApp(config, { programFolder: places.base, version: "test", onWaiting: () => undefined });
  if (started.outcome === "held") throw new Error("held");
  app = started;
  page = await PageClient.signIn(app.port, new URL(app.link).hash.replace("#launch=", ""));
  providerId = await page.addProvider(upstream.baseUrl);
});

afterAll(async () => {
  await app?.close();
  await upstream?.close();
  await removePlaces(places);
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: app.port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
      response.on("error", reject);
    });
    sent.on("error", reject);
    // Node frames the body of a DELETE only when it is told its length.
    if (body !== undefined && !sent.hasHeader("content-length") && !sent.hasHeader("transfer-encoding")) {
      sent.setHeader("content-length", Buffer.byteLength(body));
    }
    sent.end(body);
  });
}

const json = { "content-type": "application/json" };

describe("a browser that is not signed in", () => {
  it("gets 401 from every route that is not in the list of public ones, with nothing changed", async () => {
    const routes = app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/"));
    expect(routes.length).toBeGreaterThan(15);
    for (const { method, path } of routes) {
      const concrete = path.replaceAll(":id", "0000000000");
      if (publicRoutes.some((open) => open.method === method && open.path.test(concrete))) continue;
      const answer = await send(method, concrete, method === "GET" ? {} : json, method === "GET" ? undefined : "{}");
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(JSON.parse(answer.text).code).toBe("not-signed-in");
    }
  });

  it.each(["/", "/c/0000000000", "/settings/models", "/unknown"])("gets the page's fixed shell at %s", async (path) => {
    const answer = await send("GET", path);
    // Without a build there is no page; what matters is that it is the same for everybody.
    expect([200, 503]).toContain(answer.status);
    expect(answer.text).toBe((await send("GET", path, { cookie: page.cookie })).text);
  });

  it.each([
    "/assets/../../package.json",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/assets/..%2f..%2fetc/passwd",
    "//etc/passwd",
    "/assets/\u0000",
  ])("cannot leave the build's folder: %s", async (path) => {
    const answer = await send("GET", encodeURI(path).replaceAll("%25", "%"));
    expect(answer.text).not.toMatch(/root:|"dependencies"/);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });
});

it("sends its security headers with every kind of answer, and never allows another origin", async () => {
  const kinds = [
    await send("GET", "/"),
    await send("GET", "/api/health"),
    await send("GET", "/api/conversations"),
    await send("GET", "/assets/none.js"),
    await send("GET", "/api/health", { host: "evil.example" }),
    await send(
      "POST",
      "/api/conversations",
      { ...json, cookie: page.cookie, origin: `http://127.0.0.1:${app.port}` },
      "{",
    ),
  ];
  for (const { headers } of kinds) {
    expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers["content-security-policy"]).not.toMatch(/unsafe-/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  }
});

it("answers a preflight of another site with nothing that helps it", async () => {
  const answer = await send("OPTIONS", "/api/conversations", {
    origin: "https://evil.example",
    "access-control-request-method": "POST",
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
});

it("gives a cookie that scripts cannot read, and that goes to a path which only our page knows", async () => {
  const link = (await readLaunchLinks()).at(-1) ?? "";
  const answer = await send(
    "POST",
    "/api/session",
    json,
    JSON.stringify({ launch: new URL(link).hash.replace("#launch=", "") }),
  );
  expect(answer.status).toBe(200);
  expect(String(answer.headers["set-cookie"])).toMatch(/HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i);
  const { path } = JSON.parse(answer.text);
  expect(path).toMatch(/^\/s\/[\w-]{24}$/);
  expect(String(answer.headers["set-cookie"])).toContain(`Path=${path};`);
  const cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  expect((await send("GET", `${path}/api/session`, { cookie })).status).toBe(200);
  expect((await send("GET", `${path}/api/session`)).status).toBe(401);
});

async function readLaunchLinks(): Promise<string[]> {
  const folder = join(places.data, "locks");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")).link as string));
}

describe("a command with a body that does not fit", () => {
  const signed = () => ({ ...json, cookie: page.cookie, origin: `http://127.0.0.1:${app.port}` });
  const command = () => ({ id: newId(), messageId: newId(), text: "x", providerId, model: "fault:fine" });

  it.each(["userId", "role", "createdAt", "path", "__proto__", "constructor"])(
    "is refused whole when it names %s",
    async (field) => {
      const before = (await page.json<{ total: number }>("GET", "/api/conversations")).total;
      const body = JSON.stringify(command()).replace(/\}$/, `,"${field}":"x"}`);
      expect((await send("POST", "/api/conversations", signed(), body)).status).toBe(400);
      expect((await page.json<{ total: number }>("GET", "/api/conversations")).total).toBe(before);
    },
  );

  it.each([
    ["an id of another shape", { id: "../../etc" }],
    ["an id that is a list", { id: ["0000000000"] }],
    ["no text", { text: "" }],
    ["a number for text", { text: 7 }],
    ["no provider", { providerId: undefined }],
  ])("is refused: %s", async (_, change) => {
    const answer = await send("POST", "/api/conversations", signed(), JSON.stringify({ ...command(), ...change }));
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([400, "bad-request"]);
  });

  it.each(["", "{", "null", "[]", '"text"', "\u0000", '{"a":1}'.repeat(2), "[".repeat(100_000)])(
    "is refused: %j",
    async (body) => {
      expect((await send("POST", "/api/conversations", signed(), body.slice(0, 200_000))).status).toBe(400);
    },
  );

  it("is refused in bytes that are not UTF-8", async () => {
    expect((await send("POST", "/api/conversations", signed(), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(
      400,
    );
  });

  it("is cut off at its limit, whatever its header says", async () => {
    const declared = await send(
      "POST",
      "/api/conversations",
      { ...signed(), "content-length": String(33 * 1024 * 1024) },
      Buffer.alloc(0),
    ).catch(() => ({ status: 413 }));
    expect(declared.status).toBe(413);
    const streamed = await send(
      "POST",
      "/api/conversations",
      { ...signed(), "transfer-encoding": "chunked" },
      Buffer.alloc(34 * 1024 * 1024, 32),
    ).catch(() => ({ status: 413 }));
    expect(streamed.status).toBe(413);
  });
});

it.each([
  "GET /api/conversations?limit=0",
  "GET /api/conversations?limit=1e9",
  "GET /api/conversations?limit=x",
  "GET /api/events",
  "GET /api/events?topics=",
  "GET /api/events?topics=secret",
  `GET /api/events?topics=${"workspace,".repeat(300)}`,
  "GET /api/conversations/%00",
  "GET /api/conversations/%E0%A4%A",
  "GET /api/conversations/0000000000/messages?before=%F0",
  "GET /api/nothing",
  "DELETE /api/conversations/..%2f..%2fetc",
  "PUT /api/conversations",
  "POST /api/runs/x/start",
])("answers a malformed request with 4xx: %s", async (line) => {
  const [method = "", path = ""] = line.split(" ");
  const headers = { cookie: page.cookie, origin: `http://127.0.0.1:${app.port}`, ...(method === "GET" ? {} : json) };
  const { status } = await send(method, path, headers, method === "GET" ? undefined : "{}");
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});

it.each([
  "GARBAGE\r\n\r\n",
  "GET / HTTP/9.9\r\n\r\n",
  "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
  `GET / HTTP/1.1\r\n${"X: y\r\n".repeat(5000)}\r\n`,
  "\u0000\u0001\u0002",
])("lives on after bytes that are not HTTP: %j", async (bytes) => {
  await new Promise<void>((resolve) => {
    const socket = connect(app.port, "127.0.0.1", () => socket.end(bytes));
    socket.on("error", () => resolve());
    socket.on("close", () => resolve());
    socket.resume();
  });
  expect((await send("GET", "/api/health")).status).toBe(200);
});
