/** Agents' runs without a server: the same folder, records and providers as a server that may be running on it. */
import { join } from "node:path";
import type { ProvidersView } from "../../shared/providers.ts";
import { type Agents, createAgents } from "../agents/agents.ts";
import { createDocuments } from "../documents/documents.ts";
import { systemClock } from "../platform/clock.ts";
import { memoryEventLog } from "../platform/events/memory-event-log.ts";
import { createLogger } from "../platform/logger.ts";
import { createRuns } from "../platform/runs.ts";
import { newUlid } from "../platform/ulid.ts";
import { holdsCodexHome } from "../workspace.ts";
import { type CommandInput } from "./command-input.ts";
import { withFolder } from "./open-folder.ts";
import { openProviders } from "./open-providers.ts";

export interface CommandAgents {
  readonly agents: Agents;
  readonly providers: () => Promise<ProvidersView>;
  /** Ends the run as the page's stop does. */
  stop(id: string): void;
}

/** Runs `work`, then waits for what it began and lets go of everything. */
export function withAgents(
  asked: string | undefined,
  io: CommandInput,
  work: (opened: CommandAgents) => Promise<number>,
): Promise<number> {
  return withFolder(asked, io, async ({ store, folder, dataDirectory }) => {
    const log = memoryEventLog("command");
    const logger = createLogger("error", io.stderr);
    const { providers, close: closeProviders } = await openProviders({ folder, store, log, io });
    const runs = createRuns((id, error) => logger.error("run failed", { id, error: String(error) }));
    const shared = { log, logger, clock: systemClock, newRunId: newUlid, dataDirectory };
    const documents = createDocuments({
      ...shared,
      store,
      fileOf: (path) => join(folder, path),
      holdsCodexHome: () => holdsCodexHome(folder),
    });
    const agents = await createAgents({
      ...shared,
      files: documents.files,
      modelFor: (providerId, model) => providers.modelFor(providerId, model)?.model,
      runs,
      holdsFolder: false,
    });
    try {
      return await work({ agents, providers: providers.view, stop: (id) => void runs.stop(id) });
    } finally {
      agents.stopStarting();
      await runs.close();
      await agents.close();
      await documents.close();
      await closeProviders();
    }
  });
}
