import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { Notice } from "../shared/events.ts";
import { createAgents } from "./agents/agents.ts";
import type { Chat } from "./chat/chat.ts";
import { documentSuffixes, isRootName, watchedFolders } from "./documents/document-names.ts";
import { createDocuments } from "./documents/documents.ts";
import { createFeedback } from "./feedback/feedback.ts";
import { feedbackPath } from "./feedback/feedback-file.ts";
import { openKnownRuns } from "./known-runs.ts";
import { systemClock } from "./platform/clock.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import type { Logger } from "./platform/logger.ts";
import type { LanguageModel } from "./platform/models/language-model.ts";
import type { Runs } from "./platform/runs.ts";
import type { DocumentStore, StoreChange } from "./platform/store/document-store.ts";
import { openFolderStore } from "./platform/store/folder-store.ts";
import { newUlid } from "./platform/ulid.ts";
import { holdsCodexHome, type Workspace } from "./workspace.ts";

export interface StudioParts {
  readonly workspace: Workspace;
  readonly store: DocumentStore;
  readonly log: EventLog;
  readonly logger: Logger;
  readonly chat: Pick<Chat, "authorOf" | "titleOf" | "calls">;
  readonly modelFor: (providerId: string, model: string) => LanguageModel | undefined;
  readonly runs: Runs;
}

/** Everything about the files of agents: one thing to serve, to watch and to close. */
export interface Studio {
  readonly routes: readonly Hono<{ Bindings: HttpBindings }>[];
  /** Followed with all below them. */
  readonly folders: readonly string[];
  readonly suffixes: readonly string[];
  /** Followed right in the workspace. */
  readonly isRootName: (name: string) => boolean;
  changedOutside(change: StoreChange): Promise<void>;
  scan(signal: AbortSignal): Promise<void>;
  notices(): readonly Notice[];
  /** From now on no run begins. */
  stopStarting(): void;
  /** Runs must have ended. */
  close(): Promise<void>;
}

/** Puts together the features that work on the files of agents. */
export async function composeStudio(parts: StudioParts): Promise<Studio> {
  const { workspace, store, log, logger, chat } = parts;
  const own = openFolderStore({ root: workspace.directory, locksDirectory: join(workspace.directory, "locks") });
  const knownRuns = await openKnownRuns(own, log);
  const documents = createDocuments({
    ...{ store, log, logger, clock: systemClock, newRunId: newUlid },
    dataDirectory: workspace.directory,
    fileOf: (path) => join(workspace.folder, path),
    hasRun: knownRuns.has,
    holdsCodexHome: () => holdsCodexHome(workspace.folder),
  });
  const { authorOf, titleOf } = chat;
  const feedback = createFeedback({ store, log, clock: systemClock, random: randomBytes, authorOf, titleOf });
  const agents = await createAgents({
    ...{ log, logger, clock: systemClock, newRunId: newUlid, dataDirectory: workspace.directory },
    files: documents.files,
    modelFor: parts.modelFor,
    runs: parts.runs,
    holdsFolder: true,
    conversations: chat.calls,
    feedback: {
      read: async (ids) => (await feedback.read(ids)).map((view) => ({ id: view.id, raw: JSON.stringify(view) })),
    },
  });
  await agents.recover().catch((error: unknown) => logger.error("runs not recovered", { error: String(error) }));
  return {
    routes: [documents.routes, feedback.routes, agents.routes],
    folders: watchedFolders,
    suffixes: documentSuffixes,
    isRootName: (name) => isRootName(name) || name === feedbackPath,
    changedOutside: async (change) => {
      await Promise.all([documents.changedOutside(change), feedback.changedOutside(change)]);
    },
    scan: documents.scan,
    notices: documents.notices,
    stopStarting: agents.stopStarting,
    close: async () => {
      await agents.close();
      await documents.close();
      knownRuns.close();
      await own.close();
    },
  };
}
