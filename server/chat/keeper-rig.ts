/** For tests: a keeper over real files, and what it stands on. */
import { join } from "node:path";
import { memoryEventLog } from "../platform/events/memory-event-log.ts";
import { openRebuildable } from "../platform/index/sqlite.ts";
import { openJournal } from "../platform/journal/folder-journal.ts";
import { createLogger } from "../platform/logger.ts";
import { newId } from "../platform/new-id.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { idFromPath } from "./conversation-file.ts";
import { createConversationIndex, indexSchema, indexVersion } from "./conversation-index.ts";
import { createKeeper } from "./keeper.ts";
import { createWriteProblems } from "./write-problems.ts";

/** The journal lies below `base`, the list in memory. */
export async function openKeeper(store: DocumentStore, base: string) {
  const journal = await openJournal({ directory: join(base, "journal"), onProblem: () => undefined });
  const database = openRebuildable(":memory:", indexSchema, indexVersion);
  const index = createConversationIndex(database, idFromPath, () => undefined);
  const [log, logger] = [memoryEventLog("epoch"), createLogger("silent", () => undefined)];
  const writeProblems = createWriteProblems(log);
  const keeper = createKeeper({ store, journal, index, log, newId, logger, writeProblems });
  const close = async (): Promise<void> => {
    await keeper.writeBack.settleAll();
    await journal.close();
    index.close();
  };
  return { keeper, store, journal, index, newId, logger, close };
}
