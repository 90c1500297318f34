import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { join } from "node:path";
import { createChat } from "./chat/chat.ts";
import { composeProviders } from "./compose-providers.ts";
import { composeStudio } from "./compose-studio.ts";
import { composeWeb } from "./compose-web.ts";
import type { Config } from "./config.ts";
import { openWorkspaceData } from "./open-workspace-data.ts";
import { createAuditLog } from "./platform/audit-log.ts";
import { systemClock } from "./platform/clock.ts";
import { createEgress } from "./platform/egress.ts";
import { memoryEventLog } from "./platform/events/memory-event-log.ts";
import { writeLogLine } from "./platform/last-resort.ts";
import { createLogger } from "./platform/logger.ts";
import { newId } from "./platform/new-id.ts";
import { createRuns } from "./platform/runs.ts";
import { startWatching } from "./start-watching.ts";
import { takeOrFindLink } from "./take-or-find-link.ts";
import { openWorkspace } from "./workspace.ts";

export interface RunningApp {
  readonly outcome: "running";
  /** Signs one browser in. */
  readonly link: string;
  readonly port: number;
  readonly server: Server;
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  /** Stops runs (their answers are kept as interrupted), writes what is not written, closes everything. */
  close(): Promise<void>;
}

export interface Program {
  readonly programFolder: string;
  readonly version: string;
  /** Another process has the folder and cannot be reached yet. */
  readonly onWaiting: (pid: number) => void;
}

/** Another process has the folder; `link` is its own. */
export interface HeldApp {
  readonly outcome: "held";
  /** Absent when it could not be reached yet after a while. */
  readonly link?: string;
  readonly pid: number;
}

const lookForLinkEveryMs = 150;

/**
 * The composition root: the only file that knows every part. Makes the adapters, hands them to the features, and puts
 * the features behind one server.
 * @throws ConfigProblem, WorkspaceProblem, the system's error when the port is taken
 */
export async function createApp(config: Config, program: Program): Promise<RunningApp | HeldApp> {
  const logger = createLogger(config.logLevel, writeLogLine);
  const workspace = await openWorkspace(config.folder, config.dataDirectory);
  const waiting = { monotonic: systemClock.monotonic, lookEveryMs: lookForLinkEveryMs, onWaiting: program.onWaiting };
  const taken = await takeOrFindLink(workspace.folder, config.dataDirectory, waiting);
  if (taken.outcome === "held") return { outcome: "held", ...taken.by };

  const log = memoryEventLog(randomBytes(6).toString("hex"));
  const data = await openWorkspaceData(workspace, config.dataDirectory, { logger, log });
  const { store, trash, journal, index } = data;
  const audit = createAuditLog(join(workspace.directory, "audit.jsonl"), systemClock, (error) =>
    logger.error("audit line lost", { error: String(error) }),
  );
  const runs = createRuns((id, error) => logger.error("run failed", { id, error: String(error) }));
  const { providers, close: closeProviders } = await composeProviders({ config, workspace, store, log, audit });
  const modelFor = (providerId: string, model: string) => providers.modelFor(providerId, model)?.model;
  const chat = createChat({
    ...{ store, trash, journal, index, log, runs, logger, newId },
    clock: systemClock,
    contextCharacters: config.contextCharacters,
    modelFor,
    // The guide's answers were written in advance; it has no titles.
    givesTitles: (providerId) => config.hasModelTitles && providerId !== "guide",
    eventId: () => `${log.epoch}-${log.last()}`,
    fileOf: (path) => join(workspace.folder, path),
  });
  await chat.recover(journal.recovered());
  const studio = await composeStudio({ workspace, store, log, logger, chat, runs, modelFor });
  const egress = createEgress({ onRefused: (reason) => audit.record({ type: "request-refused", reason }) });
  const updateLink = (link: string): Promise<void> => taken.update({ link });
  const web = await composeWeb({
    ...{ config, program, workspace, log, logger, chat, studio, providers, egress, audit, updateLink },
    presence: data.presence,
  });
  const stopWatching = await startWatching({ workspace, chat, studio, log, logger });

  return {
    outcome: "running",
    link: web.link,
    port: web.port,
    server: web.server,
    routes: web.routes,
    close: async () => {
      await stopWatching();
      web.stopAccepting();
      studio.stopStarting();
      await runs.close();
      await studio.close();
      await chat.close();
      await web.close();
      await closeProviders();
      egress.close();
      await audit.close();
      await data.close();
      await taken.release();
    },
  };
}
