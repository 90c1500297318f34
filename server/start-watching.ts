import type { Chat } from "./chat/chat.ts";
import { conversationSuffix, conversationsFolder } from "./chat/conversation-file.ts";
import type { Studio } from "./compose-studio.ts";
import type { EventLog } from "./platform/events/event-log.ts";
import type { Logger } from "./platform/logger.ts";
import type { StoreChange } from "./platform/store/document-store.ts";
import { watchFolder } from "./platform/store/watch-folder.ts";
import { watchRootFiles } from "./platform/store/watch-root-files.ts";
import type { Workspace } from "./workspace.ts";

/** Follows the files from now on, and makes the list agree with what happened before. Both work beside everything else. */
export async function startWatching(parts: {
  readonly workspace: Workspace;
  readonly chat: Chat;
  readonly studio: Studio;
  readonly log: EventLog;
  readonly logger: Logger;
}): Promise<() => Promise<void>> {
  const { workspace, chat, studio, log, logger } = parts;
  const ending = new AbortController();
  const onProblem = (problem: string): void => logger.error("watching", { problem });
  const watching = await watchFolder({
    root: workspace.folder,
    folders: [conversationsFolder],
    suffixes: [conversationSuffix],
    onChange: (change) => void chat.changedOutside(change),
    onProblem,
  });
  const stopStudio = await watchStudio(workspace, studio, onProblem);
  const scanned = chat
    .scan(ending.signal)
    .then(() => log.append("workspace", { type: "conversations-scanned" }))
    .catch((error: unknown) => logger.error("list not brought up to date", { error: String(error) }));
  const kept = studio
    .scan(ending.signal)
    .catch((error: unknown) => logger.error("documents not looked through", { error: String(error) }));
  return async () => {
    ending.abort();
    await watching.close();
    await stopStudio();
    await scanned;
    await kept;
  };
}

/** Documents lie below `.codex/`, and a few of them at the root, which is not walked. */
async function watchStudio(
  { folder: root }: Workspace,
  studio: Studio,
  onProblem: (problem: string) => void,
): Promise<() => Promise<void>> {
  const onChange = (change: StoreChange): void => void studio.changedOutside(change);
  const below = await watchFolder({
    ...{ root, onChange, onProblem },
    folders: studio.folders,
    suffixes: studio.suffixes,
  });
  const beside = await watchRootFiles({ root, isWanted: studio.isRootName, onChange, onProblem });
  return async () => {
    await below.close();
    await beside.close();
  };
}
