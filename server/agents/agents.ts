import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { AcceptRun, AgentRunView, RunReplay } from "../../shared/agents.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { acceptRun } from "./accept-run.ts";
import type { AgentsOptions } from "./agents-context.ts";
import { openAgentsContext } from "./open-agents-context.ts";
import { recoverRuns } from "./recover-runs.ts";
import { replayRun } from "./replay-run.ts";
import { agentRoutes } from "./routes.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunRequest } from "./run-request.ts";
import { runView } from "./run-view.ts";
import { startRun } from "./start-run.ts";

export interface Agents {
  readonly routes: Hono<{ Bindings: HttpBindings }>;
  /** Finishes what an end of Folio left half done; before the first request, never by a second process. */
  recover(): Promise<void>;
  /** The record as it is when the model is about to be asked. @throws Problem */
  startRun(request: RunRequest): Promise<RunRecord>;
  /** The record of a run that this process started, once it runs no more. @throws Problem */
  ended(id: string): Promise<RunRecord>;
  /** @throws Problem 404 */
  view(id: string): Promise<AgentRunView>;
  /** @throws Problem */
  accept(id: string, asked: AcceptRun): Promise<RunRecord>;
  /** `model` in place of the recorded one's own. @throws Problem */
  replay(id: string, signal: AbortSignal, model?: LanguageModel): Promise<RunReplay>;
  /** From now on no run begins, a chain's neither. */
  stopStarting(): void;
  /** Runs must have ended. */
  close(): Promise<void>;
}

/** Wires the feature: runs of agents, what a person decides about them, chains and projects. */
export async function createAgents(options: AgentsOptions): Promise<Agents> {
  const { context, projects, settingsFile, closing, close } = await openAgentsContext(options);
  const { records } = context;

  return {
    routes: agentRoutes({ agents: context, projects, settingsFile, closing: closing.signal }),
    recover: () => recoverRuns(context),
    startRun: (request) => startRun(context, request),
    ended: async (id) => {
      await options.runs.ended([id]);
      return records.get(id);
    },
    view: async (id) => runView(context, await records.get(id)),
    accept: (id, asked) => acceptRun(context, id, asked),
    replay: async (id, signal, model) => {
      const record = await records.get(id);
      const { providerId, model: name } = record.input.model;
      return replayRun(context, record, model ?? options.modelFor(providerId, name), signal);
    },
    stopStarting: () => closing.abort(),
    close: async () => {
      closing.abort();
      await close();
    },
  };
}
