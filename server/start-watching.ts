import type { Chat } from "./chat/chat.ts";
import { conversationSuffix, conversationsFolder } from "./chat/conversation-file.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import type { Logger } from "./platform/logger.ts";
import { watchFolder } from "./platform/store/watch-folder.ts";
import type { Workspace } from "./workspace.ts";

/** Follows the files from now on, and makes the list agree with what happened before. Both work beside everything else. */
export async function startWatching(parts: {
  readonly workspace: Workspace;
  readonly chat: Chat;
  readonly log: EventLog;
  readonly logger: Logger;
}): Promise<() => Promise<void>> {
  const { workspace, chat, log, logger } = parts;
  const ending = new AbortController();
  const watching = await watchFolder({
    root: workspace.folder,
    folders: [conversationsFolder],
    suffixes: [conversationSuffix],
    onChange: (change) => void chat.changedOutside(change),
    onProblem: (problem) => logger.error("watching", { problem: problem }),
  });
  const scanned = chat
    .scan(ending.signal)
    .then(() => log.append("workspace", { type: "conversations-scanned" }))
    .catch((error: unknown) => logger.error("list not brought up to date", { error: String(error) }));
  return async () => {
    ending.abort();
    await watching.close();
    await scanned;
  };
}
