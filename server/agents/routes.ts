import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import {
  agentSettingsSchema,
  callAgainSchema,
  callAgentSchema,
  goOnProjectSchema,
  type ProjectsView,
  startAgentRunSchema,
  startProjectSchema,
} from "../../shared/agents.ts";
import { readJson } from "../platform/http/read-json.ts";
import { Problem } from "../platform/problem.ts";
import { callAgain, callAgent } from "./agent-calls.ts";
import type { AgentSettingsFile } from "./agent-settings.ts";
import { type DecisionRoutesDependencies, decisionRoutes } from "./decision-routes.ts";
import { listRuns } from "./list-runs.ts";
import { inputView } from "./run-input.ts";
import type { RunRecord } from "./run-record.ts";
import { runView } from "./run-view.ts";
import { startRun } from "./start-run.ts";

export type AgentRoutesDependencies = DecisionRoutesDependencies & { readonly settingsFile: AgentSettingsFile };

type Environment = { Bindings: HttpBindings };

/** HTTP in and out of agents' runs; paths are relative to `/api`. */
export function agentRoutes(dependencies: AgentRoutesDependencies): Hono<Environment> {
  const routes = new Hono<Environment>();
  addRuns(routes, dependencies);
  addSettings(routes, dependencies);
  return routes.route("/", decisionRoutes(dependencies));
}

function addRuns(routes: Hono<Environment>, { agents }: AgentRoutesDependencies): void {
  routes.post("/agents/runs", async (context) => {
    const asked = await readJson(context.env.incoming, startAgentRunSchema);
    const { id } = await startRun(agents, asked);
    return context.json({ runId: id }, 202);
  });
  routes.get("/agents/runs", async (context) => {
    const word = (name: string): string | undefined => context.req.query(name)?.slice(0, 1000);
    const query = {
      after: word("after"),
      limit: limitOf(context),
      agent: word("agent"),
      status: word("status"),
      path: word("path"),
    };
    const month = agents.clock.now().toISOString().slice(0, 7);
    return context.json(await listRuns(agents.records, query, month));
  });
  routes.get("/agents/runs/:id", async (context) =>
    context.json(await runView(agents, await agents.records.get(context.req.param("id")))),
  );
  routes.get("/agents/runs/:id/input", async (context) => {
    const { input, inputSha256 } = await agents.records.get(context.req.param("id"));
    return context.json({ ...input, ...inputView(input, inputSha256), ...wholeInput(input) });
  });
  routes.post("/conversations/:id/agent-runs", async (context) => {
    const asked = await readJson(context.env.incoming, callAgentSchema);
    return context.json(await callAgent(agents, context.req.param("id"), asked), 202);
  });
  routes.post("/conversations/:id/agent-runs/again", async (context) => {
    const asked = await readJson(context.env.incoming, callAgainSchema);
    return context.json(await callAgain(agents, context.req.param("id"), asked), 202);
  });
}

/** What the view leaves out: the texts. */
function wholeInput({ files, logEntries, prompt, template, conversation, messages }: RunRecord["input"]) {
  return { files, logEntries, prompt, template, conversation, messages };
}

function addSettings(routes: Hono<Environment>, { projects, settingsFile }: AgentRoutesDependencies): void {
  routes.get("/agents/settings", async (context) => context.json(await settingsFile.read()));
  routes.put("/agents/settings", async (context) => {
    const settings = await readJson(context.env.incoming, agentSettingsSchema);
    await settingsFile.write(settings);
    return context.json(settings);
  });
  routes.post("/agents/projects", async (context) =>
    context.json(await projects.start(await readJson(context.env.incoming, startProjectSchema))),
  );
  routes.get("/agents/projects", async (context) =>
    context.json({ projects: await projects.list() } satisfies ProjectsView),
  );
  routes.post("/agents/projects/:id/go-on", async (context) => {
    const choice = await readJson(context.env.incoming, goOnProjectSchema);
    return context.json(await projects.goOn(context.req.param("id"), choice));
  });
  routes.get("/agents/projects/:id", async (context) => context.json(await projects.view(context.req.param("id"))));
}

const mostRuns = 200;

function limitOf(context: Context): number {
  const text = context.req.query("limit");
  if (text === undefined) return 50;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostRuns) return limit;
  throw new Problem("bad-request", 400, `limit is a whole number from 1 to ${mostRuns}.`);
}
