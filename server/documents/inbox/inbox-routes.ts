import { Hono } from "hono";
import { z } from "zod";
import { readJson } from "../../platform/http/read-json.ts";
import type { Environment } from "../task-log-port.ts";
import type { InboxView } from "./inbox-view.ts";

/** There is nothing to choose. */
const makeInboxSchema = z.strictObject({});

/** HTTP in and out of the inbox; paths are relative to `/api`. */
export function inboxRoutes(inbox: {
  readonly view: () => Promise<InboxView>;
  readonly make: () => Promise<InboxView>;
}): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/inbox", async (context) => context.json(await inbox.view()));
  routes.post("/inbox", async (context) => {
    await readJson(context.env.incoming, makeInboxSchema);
    return context.json(await inbox.make());
  });
  return routes;
}
