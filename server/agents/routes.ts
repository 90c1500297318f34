import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import {
  acceptRunSchema,
  againRunSchema,
  agentSettingsSchema,
  callAgentSchema,
  rejectRunSchema,
  startAgentRunSchema,
  startProjectSchema,
} from "../../shared/agents.ts";
import { readJson } from "../platform/http/read-json.ts";
import { Problem } from "../platform/problem.ts";
import { acceptRun, rejectRun } from "./accept-run.ts";
import { callAgent } from "./agent-calls.ts";
import type { AgentSettingsFile } from "./agent-settings.ts";
import type { AgentsContext } from "./agents-context.ts";
import { askAgain } from "./ask-again.ts";
import { listRuns } from "./list-runs.ts";
import type { Projects } from "./projects.ts";
import { replayRun } from "./replay-run.ts";
import { inputView } from "./run-input.ts";
import type { RunRecord } from "./run-record.ts";
import { noRun } from "./run-records.ts";
import { runView } from "./run-view.ts";
import { startRun } from "./start-run.ts";

export interface AgentRoutesDependencies {
  readonly context: AgentsContext;
  readonly projects: Projects;
  readonly settingsFile: AgentSettingsFile;
  /** Aborts with the end of Folio. */
  readonly closing: AbortSignal;
}

type Environment = { Bindings: HttpBindings };

/** HTTP in and out of agents' runs; paths are relative to `/api`. */
export function agentRoutes(dependencies: AgentRoutesDependencies): Hono<Environment> {
  const routes = new Hono<Environment>();
  addRuns(routes, dependencies);
  addDecisions(routes, dependencies);
  addSettings(routes, dependencies);
  return routes;
}

function addRuns(routes: Hono<Environment>, { context }: AgentRoutesDependencies): void {
  routes.post("/agents/runs", async (request) => {
    const asked = await readJson(request.env.incoming, startAgentRunSchema);
    const { id } = await startRun(context, asked);
    return request.json({ runId: id }, 202);
  });
  routes.get("/agents/runs", async (request) => {
    const word = (name: string): string | undefined => request.req.query(name)?.slice(0, 1000);
    const query = {
      after: word("after"),
      limit: limitOf(request),
      agent: word("agent"),
      status: word("status"),
      path: word("path"),
    };
    const month = context.clock.now().toISOString().slice(0, 7);
    return request.json(await listRuns(context.records, query, month));
  });
  routes.get("/agents/runs/:id", async (request) =>
    request.json(await runView(context, await recordOf(context, request.req.param("id")))),
  );
  routes.get("/agents/runs/:id/input", async (request) => {
    const { input, inputSha256 } = await recordOf(context, request.req.param("id"));
    return request.json({ ...input, ...inputView(input, inputSha256), ...wholeInput(input) });
  });
  routes.post("/conversations/:id/agent-runs", async (request) => {
    const asked = await readJson(request.env.incoming, callAgentSchema);
    return request.json(await callAgent(context, request.req.param("id"), asked), 202);
  });
}

/** What the view leaves out: the texts. */
function wholeInput({ files, logEntries, prompt, template, conversation, messages }: RunRecord["input"]) {
  return { files, logEntries, prompt, template, conversation, messages };
}

function addDecisions(routes: Hono<Environment>, { context, projects, closing }: AgentRoutesDependencies): void {
  routes.post("/agents/runs/:id/accept", async (request) => {
    const asked = await readJson(request.env.incoming, acceptRunSchema);
    return request.json(await runView(context, await acceptRun(context, request.req.param("id"), asked)));
  });
  routes.post("/agents/runs/:id/reject", async (request) => {
    const { reason } = await readJson(request.env.incoming, rejectRunSchema);
    return request.json(await runView(context, await rejectRun(context, request.req.param("id"), reason)));
  });
  routes.post("/agents/runs/:id/stop", async (request) => {
    const { id } = await recordOf(context, request.req.param("id"));
    // A run that has ended by itself meanwhile is what was wished for.
    context.runs.stop(id);
    return request.json({}, 202);
  });
  routes.post("/agents/runs/:id/replay", async (request) => {
    const record = await recordOf(context, request.req.param("id"));
    const { providerId, model } = record.input.model;
    return request.json(await replayRun(context, record, context.modelFor(providerId, model), closing));
  });
  routes.post("/agents/runs/:id/again", async (request) => {
    const asked = await readJson(request.env.incoming, againRunSchema);
    const record = await recordOf(context, request.req.param("id"));
    return request.json({ runId: await askAgain(context, projects, record, asked) }, 202);
  });
}

function addSettings(routes: Hono<Environment>, { projects, settingsFile }: AgentRoutesDependencies): void {
  routes.get("/agents/settings", async (request) => request.json(await settingsFile.read()));
  routes.put("/agents/settings", async (request) => {
    const settings = await readJson(request.env.incoming, agentSettingsSchema);
    await settingsFile.write(settings);
    return request.json(settings);
  });
  routes.post("/agents/projects", async (request) =>
    request.json(await projects.start(await readJson(request.env.incoming, startProjectSchema))),
  );
  routes.get("/agents/projects/:id", async (request) => request.json(await projects.view(request.req.param("id"))));
}

async function recordOf(context: AgentsContext, id: string): Promise<RunRecord> {
  const record = await context.records.read(id);
  if (record === undefined) throw noRun();
  return record;
}

const mostRuns = 200;

function limitOf(request: Context): number {
  const text = request.req.query("limit");
  if (text === undefined) return 50;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= mostRuns) return limit;
  throw new Problem("bad-request", 400, `limit is a whole number from 1 to ${mostRuns}.`);
}
