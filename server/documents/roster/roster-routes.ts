import { Hono } from "hono";
import { changeRosterSchema } from "../../../shared/roster.ts";
import { readJson } from "../../platform/http/read-json.ts";
import type { Environment } from "../task-log-port.ts";
import { type ChangeRosterDependencies, changeRoster } from "./change-roster.ts";
import { rosterView } from "./roster-view.ts";

/** HTTP in and out of the roster; paths are relative to `/api`. */
export function rosterRoutes(dependencies: ChangeRosterDependencies): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get("/roster", async (context) => {
    return context.json(await rosterView(dependencies));
  });
  routes.post("/roster", async (context) => {
    return context.json(await changeRoster(dependencies, await readJson(context.env.incoming, changeRosterSchema)));
  });
  return routes;
}
