import { Hono } from "hono";
import { listen } from "../platform/http/listen.ts";
import { problemFrom, problemResponse } from "../platform/http/problem-response.ts";
import type { Environment } from "./task-log-port.ts";

/** The routes of a feature below `/api`, with problems as the program answers them and without sign-in. */
export async function serve(routes: Hono<Environment>) {
  const app = new Hono<Environment>();
  app.onError((error) => problemResponse(problemFrom(error)));
  app.route("/api", routes);
  const { server, port } = await listen(app, { host: "127.0.0.1", port: 0, isFixed: true });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { port, close };
}
