import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import { Problem } from "../problem.ts";
import { securityHeaders } from "./security-headers.ts";

const ticks = 8;
const tickMs = 250;
const heartbeatMs = 10_000;
const quietMs = 75_000;
const bodyBytes = 32 * 1024 * 1024;

/**
 * What a page needs to find out what a proxy does to its connection: a stream whose timing it knows, a stream
 * that is quiet but for heartbeats for longer than proxies usually wait, and a place to send a large body to. Paths
 * are relative to `/api`.
 */
export function selfTestRoutes(): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.get("/self-test/stream", (context) => {
    if (context.req.method === "HEAD") return context.body(null, 200);
    const { incoming, outgoing } = context.env;
    for (const [name, value] of Object.entries(securityHeaders)) outgoing.setHeader(name, value);
    const stream = context.req.query("quiet") === undefined ? sendTicks : stayQuiet;
    openStream(incoming, outgoing, stream);
    return RESPONSE_ALREADY_SENT;
  });
  routes.post("/self-test/body", async (context) => {
    let bytes = 0;
    for await (const chunk of context.env.incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bodyBytes) throw new Problem("too-large", 413, "The request is larger than 32 MB.");
    }
    return context.json({ bytes });
  });
  return routes;
}

type Send = (event: "tick" | "last" | "heartbeat") => void;

/** The same headers as the event stream: what a proxy does to that one it does to this one. */
function openStream(
  request: IncomingMessage,
  response: ServerResponse,
  run: (send: Send, later: (work: () => void, ms: number) => void) => void,
): void {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    connection: "keep-alive",
  });
  request.socket.setNoDelay(true);
  const timers = new Set<NodeJS.Timeout>();
  response.on("close", () => {
    for (const timer of timers) clearTimeout(timer);
  });
  response.on("error", () => undefined);
  const started = performance.now();
  run(
    (event) => {
      if (event === "heartbeat") return void response.write(":\n\n");
      const at = Math.round(performance.now() - started);
      response.write(`data: ${JSON.stringify({ at, isLast: event === "last" })}\n\n`);
      if (event === "last") response.end();
    },
    (work, ms) => void timers.add(setTimeout(work, ms).unref()),
  );
}

function sendTicks(send: Send, later: (work: () => void, ms: number) => void): void {
  send("tick");
  for (let number = 1; number < ticks; number += 1)
    later(() => send(number === ticks - 1 ? "last" : "tick"), number * tickMs);
}

function stayQuiet(send: Send, later: (work: () => void, ms: number) => void): void {
  send("tick");
  for (let at = heartbeatMs; at < quietMs; at += heartbeatMs) later(() => send("heartbeat"), at);
  later(() => send("last"), quietMs);
}
