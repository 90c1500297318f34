import { join } from "node:path";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { currentIdentity } from "../platform/store/process-identity.ts";
import { tellConversation } from "./agent-calls.ts";
import { openAgentSettings } from "./agent-settings.ts";
import type { AgentsContext, AgentsOptions } from "./agents-context.ts";
import { goOn } from "./chain-runs.ts";
import { createProjects } from "./projects.ts";
import { summaryOf } from "./run-record.ts";
import { createRunRecords } from "./run-records.ts";
import { watchRecords } from "./watch-records.ts";

/** What all parts of the feature share, and what begins when a run has ended. */
export async function openAgentsContext(options: AgentsOptions) {
  const { dataDirectory, log } = options;
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
    deciding: new Map(),
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
  const stopWatching = options.holdsFolder ? await watchRecords(context) : undefined;
  const close = async (): Promise<void> => {
    await stopWatching?.();
    await store.close();
  };
  return { context, projects, settingsFile, closing, close };
}
