/**
 * An OpenAI upstream (Chat Completions, streaming) that costs as little as it can, for load: run as its own process.
 * `POST …/chat/completions` plays the plan in the model's name, `GET …/models` lists one, `GET /asked` tells when
 * it was last asked, `GET /lateness` how late its own timers were since the last time it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { largest, percentile } from "./figures.ts";
import { markdownTokens } from "./markdown-answer.ts";
import { parsePlan, type SimulatorPlan, writePlan } from "./simulator-plan.ts";
import { createTimerWheel } from "./timer-wheel.ts";
import { wallClock, writeStamp } from "./token-stamp.ts";

/** Tokens in one write at full speed: about what a fast server puts into one segment of the loopback. */
const TOKENS_PER_WRITE = 64;
const PARAGRAPH = 40;

const CHUNK_START = `data: ${JSON.stringify({ id: "chatcmpl-simulated", object: "chat.completion.chunk", created: 1_750_000_000, model: "simulated" }).slice(0, -1)},"choices":[{"index":0,"delta":`;
const TOKEN_START = `${CHUNK_START}{"content":"`;
const TOKEN_END = `"},"finish_reason":null}]}\n\n`;

const httpChunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** The event of the `index`-th token, with the sending time in it when the plan asks for stamps. */
function tokenEvent(plan: SimulatorPlan, index: number): string {
  if (plan.text === "markdown") {
    const token = markdownTokens[index % markdownTokens.length] ?? "";
    return TOKEN_START + JSON.stringify(token).slice(1, -1) + TOKEN_END;
  }
  const space = index % PARAGRAPH === PARAGRAPH - 1 ? "\\n\\n" : " ";
  return TOKEN_START + writeStamp(wallClock()) + space + TOKEN_END;
}

function ending(plan: SimulatorPlan): string {
  const usage = { prompt_tokens: 10, completion_tokens: plan.tokens, total_tokens: plan.tokens + 10 };
  return `${CHUNK_START}{},"finish_reason":"stop"}]}\n\ndata: ${JSON.stringify({ id: "chatcmpl-simulated", object: "chat.completion.chunk", choices: [], usage })}\n\ndata: [DONE]\n\n`;
}

/** The body goes to the socket by hand: `ServerResponse.write` would make four pieces of each token. */
function sendAtFullSpeed(plan: SimulatorPlan, response: ServerResponse, socket: Socket): void {
  let sent = 0;
  const more = () => {
    while (sent < plan.tokens) {
      if (socket.destroyed) return;
      let text = "";
      for (let count = 0; count < TOKENS_PER_WRITE && sent < plan.tokens; count += 1, sent += 1) {
        text += tokenEvent(plan, sent);
      }
      if (!socket.write(httpChunk(text))) {
        socket.once("drain", more);
        return;
      }
    }
    socket.write(httpChunk(ending(plan)));
    response.end();
  };
  more();
}

function sendAtRate(
  {
    plan,
    response,
    socket,
  }: { readonly plan: SimulatorPlan; readonly response: ServerResponse; readonly socket: Socket },
  wheel: ReturnType<typeof createTimerWheel>,
  onLateness: (ms: number) => void,
): void {
  const begun = performance.now();
  const period = 1000 / plan.rate;
  let sent = 0;
  const next = () => {
    if (socket.destroyed) return;
    const now = performance.now();
    const due = Math.min(plan.tokens, 1 + Math.floor((now - begun) / period + 0.001));
    onLateness(now - begun - sent * period);
    while (sent < due && !socket.writableNeedDrain) {
      socket.write(httpChunk(tokenEvent(plan, sent)));
      sent += 1;
    }
    if (sent < plan.tokens) {
      wheel.schedule(Math.max(begun + sent * period, now), next);
      return;
    }
    socket.write(httpChunk(ending(plan)));
    response.end();
  };
  next();
}

export function createUpstreamSimulator() {
  const wheel = createTimerWheel();
  let lateness: number[] = [];
  let askedAt = 0;

  function complete(request: IncomingMessage, response: ServerResponse, at: number): void {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = readRequest(Buffer.concat(pieces));
      const plan = parsePlan(body.model);
      if (body.stream) askedAt = at;
      if (!body.stream) {
        json(response, 200, {
          choices: [{ index: 0, message: { role: "assistant", content: "ok" }, finish_reason: "stop" }],
        });
        return;
      }
      response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
      response.flushHeaders();
      const socket = request.socket;
      if (plan.rate === Number.POSITIVE_INFINITY) sendAtFullSpeed(plan, response, socket);
      else sendAtRate({ plan, response, socket }, wheel, (ms) => lateness.push(ms));
    });
  }

  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (request.method === "POST" && path.endsWith("/chat/completions")) {
      return complete(request, response, wallClock());
    }
    request.resume();
    if (path.endsWith("/models"))
      return json(response, 200, { object: "list", data: [{ id: writePlan({}), object: "model" }] });
    if (path === "/asked") return json(response, 200, { at: askedAt });
    if (path !== "/lateness")
      return json(response, 404, { error: { message: `no ${path} here`, type: "invalid_request_error" } });
    json(response, 200, { p99: percentile(lateness, 0.99), largest: largest(lateness) });
    lateness = [];
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

function readRequest(body: Buffer): { readonly model: string; readonly stream: boolean } {
  const parsed = JSON.parse(body.toString()) as { model?: unknown; stream?: unknown };
  return { model: String(parsed.model), stream: parsed.stream === true };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

if (import.meta.main) {
  const server = createUpstreamSimulator();
  server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", 2048, () => {
    const port = (server.address() as AddressInfo).port;
    process.send?.({ port });
    if (process.send === undefined) console.log(`http://127.0.0.1:${port}/v1`);
  });
  process.on("disconnect", () => process.exit(0));
}
