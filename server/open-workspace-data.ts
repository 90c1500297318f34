import { join } from "node:path";
import { idFromPath } from "./chat/conversation-file.ts";
import {
  type ConversationIndex,
  createConversationIndex,
  indexSchema,
  indexVersion,
} from "./chat/conversation-index.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import { openRebuildable } from "./platform/index/sqlite.ts";
import { type FolderJournal, openJournal } from "./platform/journal/folder-journal.ts";
import type { Logger } from "./platform/logger.ts";
import { makeDirectory } from "./platform/store/durable-directory.ts";
import { type FolderStore, openFolderStore } from "./platform/store/folder-store.ts";
import { type FolderPresence, watchPresence } from "./watch-presence.ts";
import type { Workspace } from "./workspace.ts";

/** Everything that is kept of one workspace: its documents, and Folio's own data about them beside it. */
export interface WorkspaceData {
  readonly store: FolderStore;
  readonly trash: FolderStore;
  readonly journal: FolderJournal;
  readonly index: ConversationIndex;
  readonly presence: FolderPresence;
  close(): Promise<void>;
}

export async function openWorkspaceData(
  workspace: Workspace,
  dataDirectory: string,
  { logger, log }: { readonly logger: Logger; readonly log: EventLog },
): Promise<WorkspaceData> {
  const { directory, folder } = workspace;
  const locksDirectory = join(dataDirectory, "locks");
  await makeDirectory(directory, { mode: 0o700 });
  const store = openFolderStore({
    root: folder,
    locksDirectory,
    holdsRoot: true,
    onSkipped: (skipped) => logger.info("left out", { path: skipped.path, reason: skipped.reason }),
  });
  const trash = openFolderStore({ root: join(directory, "trash"), locksDirectory });
  const journal = await openJournal({
    directory: join(directory, "journal"),
    onProblem: (problem) => logger.error("journal", { problem }),
  });
  const index = createConversationIndex(
    openRebuildable(join(directory, "index.sqlite"), indexSchema, indexVersion),
    idFromPath,
    (error) => logger.error("not in the list yet", { error: String(error) }),
  );
  const presence = watchPresence(store.checkRoot, log);
  return {
    store,
    trash,
    journal,
    index,
    presence,
    close: async () => {
      presence.close();
      await Promise.all([store.close(), trash.close()]);
      await journal.close();
      index.close();
    },
  };
}
