import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import { authorize } from "../authorize.ts";
import type { EventStreams } from "../events/event-stream.ts";
import { readTopics } from "../events/read-topics.ts";
import type { Logger } from "../logger.ts";
import { Problem } from "../problem.ts";
import type { PageFiles } from "./page-files.ts";
import { problemFrom, problemResponse } from "./problem-response.ts";
import { isPublic } from "./public-routes.ts";
import { guardRequest } from "./request-guard.ts";
import { securityHeaders } from "./security-headers.ts";
import { isSignedIn, openSession, type SessionDependencies } from "./session.ts";

export interface WebAppDependencies extends SessionDependencies {
  readonly allowedHosts: () => ReadonlySet<string>;
  readonly pageFiles: PageFiles;
  readonly streams: EventStreams;
  readonly features: readonly Hono<Environment>[];
  /** What `GET /api/session` tells a signed-in page. */
  readonly session: () => unknown;
  readonly logger: Logger;
}

export type Environment = { Bindings: HttpBindings };

/** Everything that a request passes, in order: headers, guard, session, route, problems. Deny by default. */
export function createWebApp(dependencies: WebAppDependencies): Hono<Environment> {
  const { pageFiles, streams, features, logger } = dependencies;
  const app = new Hono<Environment>();

  app.onError((error, context) => {
    const problem = problemFrom(error);
    if (problem.code === "internal")
      logger.error("request failed", { path: context.req.path, error: String(error.stack ?? error) });
    return withHeaders(problemResponse(problem));
  });
  app.notFound(() => withHeaders(problemResponse(new Problem("not-found", 404, "There is nothing at this address."))));

  app.use(async (context, next) => {
    const started = performance.now();
    guardRequest(
      { method: context.req.method, header: (name) => context.req.header(name) },
      dependencies.allowedHosts(),
    );
    await admit(context, dependencies);
    await next();
    if (context.res !== RESPONSE_ALREADY_SENT) withHeaders(context.res);
    const ms = Math.round(performance.now() - started);
    logger.info("request", { method: context.req.method, path: context.req.path, status: context.res.status, ms });
  });

  app.get("/api/health", (context) => context.json({ ok: true }));
  app.get("/api/session", (context) => context.json(dependencies.session()));
  app.post("/api/session", (context) => openSession(context, dependencies));
  app.get("/api/events", (context) => {
    if (context.req.method === "HEAD") return context.body(null, 200);
    const lastId = context.req.header("last-event-id") ?? context.req.query("after");
    const topics = readTopics(context.req.query("topics") ?? "");
    for (const [name, value] of Object.entries(securityHeaders)) context.env.outgoing.setHeader(name, value);
    streams.open(context.env.incoming, context.env.outgoing, { topics, lastId });
    return RESPONSE_ALREADY_SENT;
  });
  for (const feature of features) app.route("/api", feature);
  app.all("/api/*", (context) => context.notFound());
  app.get("/*", async (context) => {
    const accepted = context.req.header("accept-encoding") ?? "";
    const file = context.req.path === "/index.html" ? undefined : await pageFiles.file(context.req.path, accepted);
    if (file !== undefined) return file;
    if (context.req.path.startsWith("/assets/")) return context.notFound();
    return pageFiles.page(accepted);
  });
  return app;
}

/** The page's own files are the same for everybody; everything else that is not public answers 401 with a problem. */
async function admit(context: Context<Environment>, dependencies: WebAppDependencies): Promise<void> {
  const { method, path } = context.req;
  if (isPublic(method, path)) return;
  const isPage = !path.startsWith("/api/") && (method === "GET" || method === "HEAD");
  if (isPage) return;
  const actor = isSignedIn(context, dependencies) ? ({ kind: "owner" } as const) : ({ kind: "nobody" } as const);
  authorize(actor, method === "GET" || method === "HEAD" ? "read" : "write", "workspace");
}

function withHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
  return response;
}
