import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { acceptRunSchema, againRunSchema, rejectRunSchema } from "../../shared/agents.ts";
import { readJson } from "../platform/http/read-json.ts";
import { acceptRun, rejectRun } from "./accept-run.ts";
import type { AgentsContext } from "./agents-context.ts";
import { askAgain } from "./ask-again.ts";
import type { Projects } from "./projects.ts";
import { isAtWorkElsewhere, recoverRun } from "./recover-runs.ts";
import { replayRun } from "./replay-run.ts";
import { runView } from "./run-view.ts";
import { askToStop } from "./stop-requests.ts";

export interface DecisionRoutesDependencies {
  readonly agents: AgentsContext;
  readonly projects: Projects;
  /** Aborts with the end of Folio. */
  readonly closing: AbortSignal;
}

/** What a person decides about one run; paths are relative to `/api`. */
export function decisionRoutes({ agents, projects, closing }: DecisionRoutesDependencies) {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.post("/agents/runs/:id/accept", async (context) => {
    const asked = await readJson(context.env.incoming, acceptRunSchema);
    return context.json(await runView(agents, await acceptRun(agents, context.req.param("id"), asked)));
  });
  routes.post("/agents/runs/:id/reject", async (context) => {
    const { reason } = await readJson(context.env.incoming, rejectRunSchema);
    return context.json(await runView(agents, await rejectRun(agents, context.req.param("id"), reason)));
  });
  routes.post("/agents/runs/:id/stop", async (context) => {
    const record = await agents.records.get(context.req.param("id"));
    // A run that has ended by itself meanwhile is what was wished for; one whose command was killed ends here.
    if (!agents.runs.stop(record.id) && record.status === "running") {
      if (await isAtWorkElsewhere(record)) await askToStop(agents.store, record.id);
      else await recoverRun(agents, record);
    }
    return context.json({}, 202);
  });
  routes.post("/agents/runs/:id/replay", async (context) => {
    const record = await agents.records.get(context.req.param("id"));
    const { providerId, model } = record.input.model;
    return context.json(await replayRun(agents, record, agents.modelFor(providerId, model), closing));
  });
  routes.post("/agents/runs/:id/again", async (context) => {
    const asked = await readJson(context.env.incoming, againRunSchema);
    const record = await agents.records.get(context.req.param("id"));
    return context.json({ runId: await askAgain(agents, projects, record, asked) }, 202);
  });
  return routes;
}
