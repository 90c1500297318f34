import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { problemFrom, problemResponse } from "../../server/platform/http/problem-response.ts";

type Environment = { Bindings: HttpBindings };

/** Calls a route as the page does, without a server in between. */
export type RouteCaller = <Body>(
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly body: Body }>;

export function routeCaller(features: readonly Hono<Environment>[]): RouteCaller {
  const app = new Hono<Environment>();
  app.onError((error) => problemResponse(problemFrom(error)));
  for (const feature of features) app.route("/", feature);
  return async (method, path, body) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const incoming = Object.assign(bytesOf(text), { headers: {} });
    const response = await app.fetch(new Request(`http://folio${path}`, { method }), { incoming });
    return { status: response.status, body: await response.json() };
  };
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
