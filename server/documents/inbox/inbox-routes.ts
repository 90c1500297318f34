import { Hono } from "hono";
import type { Environment } from "../task-log-port.ts";
import type { InboxView } from "./inbox-view.ts";

/** HTTP in and out of the inbox; paths are relative to `/api`. */
export function inboxRoutes(inbox: {
  readonly view: () => Promise<InboxView>;
  readonly make: () => Promise<InboxView>;
}): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/inbox", async (context) => context.json(await inbox.view()));
  routes.post("/inbox", async (context) => context.json(await inbox.make()));
  return routes;
}
