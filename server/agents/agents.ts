import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { AcceptRun, RunReplay } from "../../shared/agents.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { currentIdentity } from "../platform/store/process-identity.ts";
import { acceptRun } from "./accept-run.ts";
import { tellConversation } from "./agent-calls.ts";
import { openAgentSettings } from "./agent-settings.ts";
import type { AgentsContext, AgentsOptions } from "./agents-context.ts";
import { goOn } from "./chain-runs.ts";
import { createProjects } from "./projects.ts";
import { recoverRuns } from "./recover-runs.ts";
import { replayRun } from "./replay-run.ts";
import { agentRoutes } from "./routes.ts";
import { type RunRecord, summaryOf } from "./run-record.ts";
import { createRunRecords, noRun } from "./run-records.ts";
import { type RunRequest, startRun } from "./start-run.ts";

export interface Agents {
  readonly routes: Hono<{ Bindings: HttpBindings }>;
  /** Finishes what an end of Folio left half done; before the first request, never by a second process. */
  recover(): Promise<void>;
  /** The record as it is when the model is about to be asked. @throws Problem */
  startRun(request: RunRequest): Promise<RunRecord>;
  /** The record of a run that this process started, once it runs no more. @throws Problem */
  ended(id: string): Promise<RunRecord>;
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
  const { dataDirectory, log, runs } = options;
  const store = openFolderStore({ root: dataDirectory, locksDirectory: join(dataDirectory, "locks") });
  const records = createRunRecords(store);
  const settingsFile = openAgentSettings(dataDirectory);
  const closing = new AbortController();
  const context: AgentsContext = {
    ...options,
    store,
    records,
    settings: settingsFile,
    live: new Map(),
    starting: new Map(),
    owner: { ...(await currentIdentity()), holdsFolder: options.holdsFolder },
    isClosing: () => closing.signal.aborted,
    announce: async (record) => {
      log.append("workspace", { type: "agent-run-changed", run: summaryOf(record) });
      log.append(`run:${record.id}`, { runId: record.id, type: "agent-run-reloaded" });
      await tellConversation(context, record);
    },
    followUp: async (record) => {
      try {
        await goOn(context, record);
        await projects.stepEnded(record);
      } catch (error) {
        options.logger.error("what follows a run", { run: record.id, error: String(error) });
      }
    },
  };
  const projects = createProjects(context);
  const recordOf = async (id: string): Promise<RunRecord> => {
    const record = await records.read(id);
    if (record === undefined) throw noRun();
    return record;
  };

  return {
    routes: agentRoutes({ context, projects, settingsFile, closing: closing.signal }),
    recover: () => recoverRuns(context),
    startRun: (request) => startRun(context, request),
    ended: async (id) => {
      await runs.ended([id]);
      return recordOf(id);
    },
    accept: (id, asked) => acceptRun(context, id, asked),
    replay: async (id, signal, model) => {
      const record = await recordOf(id);
      const { providerId, model: name } = record.input.model;
      return replayRun(context, record, model ?? options.modelFor(providerId, name), signal);
    },
    stopStarting: () => closing.abort(),
    close: async () => {
      closing.abort();
      await store.close();
    },
  };
}
