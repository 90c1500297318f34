/**
 * A model server that misbehaves on request, over real sockets: the model's name says how (`fault:503-then-fine`,
 * `fault:long:2000`). It speaks Chat Completions and Responses under `/v1`, and lists all its scenarios as models.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Api, answerFrames } from "./answer-frames.ts";
import type { Exchange, ModelRequestBody } from "./exchange.ts";
import { scenarioNames, scenarioOf } from "./scenarios.ts";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: ModelRequestBody | undefined;
  /** Resolves when the connection's use for this request is over: `client` when it was closed before we had finished. */
  readonly closed: Promise<"client" | "server">;
}

export interface FaultServer {
  /** `http://127.0.0.1:PORT/v1` */
  readonly baseUrl: string;
  /** `127.0.0.1:PORT` */
  readonly hostPort: string;
  /** All requests so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const bodyLimit = 200_000_000;

/** Listens on a free port of 127.0.0.1. */
export async function startFaultServer(): Promise<FaultServer> {
  const requests: SeenRequest[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    handle(request, response, requests, counts).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `http://${hostPort}/v1`,
    hostPort,
    requests,
    connections: () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const apis: Readonly<Record<string, Api>> = {
  "/v1/chat/completions": "chat-completions",
  "/v1/responses": "responses",
};

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  requests: SeenRequest[],
  counts: Map<string, number>,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://fault").pathname;
  const closing = new AbortController();
  const closed = new Promise<"client" | "server">((resolve) => {
    response.once("close", () => {
      closing.abort();
      resolve(response.writableFinished ? "server" : "client");
    });
  });
  const body = await readRequest(request);
  requests.push({ method: request.method ?? "", path, headers: request.headers, body, closed });
  if (path === "/v1/models" && request.method === "GET") {
    const data = scenarioNames().map((name) => ({ id: `fault:${name}`, object: "model", owned_by: "fault" }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ object: "list", data }));
    return;
  }
  const api = apis[path];
  if (api === undefined || request.method !== "POST" || body === undefined) {
    response
      .writeHead(404, { "content-type": "text/html" })
      .end("<html><head><title>404 Not Found</title></head></html>");
    return;
  }
  const key = JSON.stringify([body.model, lastUserText(body)]);
  const attempt = (counts.get(key) ?? 0) + 1;
  counts.set(key, attempt);
  const frames = answerFrames(api, body.model, body.stream_options?.include_usage === true);
  const exchange: Exchange = {
    api,
    body,
    attempt,
    request,
    response,
    frames,
    closed: closing.signal,
    question: lastUserText(body),
  };
  await scenarioOf(body.model)(exchange);
}

async function readRequest(request: IncomingMessage): Promise<ModelRequestBody | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8")) as ModelRequestBody;
  } catch {
    return undefined;
  }
}

function lastUserText(body: ModelRequestBody): string {
  const message = [...(body.messages ?? body.input ?? [])].reverse().find(({ role }) => role === "user");
  return typeof message?.content === "string" ? message.content : JSON.stringify(message?.content ?? "");
}
