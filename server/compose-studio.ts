import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { Notice } from "../shared/events.ts";
import type { Chat } from "./chat/chat.ts";
import { documentSuffixes, documentsFolder, isRootName } from "./documents/document-names.ts";
import { createDocuments } from "./documents/documents.ts";
import { createFeedback } from "./feedback/feedback.ts";
import { feedbackPath } from "./feedback/feedback-file.ts";
import { systemClock } from "./platform/clock.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import type { Logger } from "./platform/logger.ts";
import type { DocumentStore, StoreChange } from "./platform/store/document-store.ts";
import { newUlid } from "./platform/ulid.ts";
import { holdsCodexHome, type Workspace } from "./workspace.ts";

export interface StudioParts {
  readonly workspace: Workspace;
  readonly store: DocumentStore;
  readonly log: EventLog;
  readonly logger: Logger;
  readonly chat: Pick<Chat, "authorOf">;
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
  close(): Promise<void>;
}

/** Puts together the features that work on the files of agents. */
export function composeStudio({ workspace, store, log, logger, chat }: StudioParts): Studio {
  const documents = createDocuments({
    ...{ store, log, logger, clock: systemClock, newRunId: newUlid },
    dataDirectory: workspace.directory,
    fileOf: (path) => join(workspace.folder, path),
    holdsCodexHome: () => holdsCodexHome(workspace.folder),
  });
  const feedback = createFeedback({ store, log, clock: systemClock, random: randomBytes, authorOf: chat.authorOf });
  return {
    routes: [documents.routes, feedback.routes],
    folders: [documentsFolder],
    suffixes: documentSuffixes,
    isRootName: (name) => isRootName(name) || name === feedbackPath,
    changedOutside: async (change) => {
      await Promise.all([documents.changedOutside(change), feedback.changedOutside(change)]);
    },
    scan: documents.scan,
    notices: documents.notices,
    close: documents.close,
  };
}
