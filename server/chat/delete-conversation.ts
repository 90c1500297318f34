import type { ConversationSummary } from "../../shared/chat.ts";
import { Problem } from "../platform/problem.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { readIfRegular } from "../platform/store/read-if-there.ts";
import type { ChatDependencies } from "./chat-dependencies.ts";
import { notFound } from "./conversation-cache.ts";
import { parseDocument } from "./conversation-file.ts";
import type { Deletions } from "./deletions.ts";
import { toJournal } from "./journal-records.ts";
import { countWaiting, type OpenConversation } from "./open-conversation.ts";
import { copySideFiles, removeSideFiles } from "./side-files-trash.ts";

export interface TrashDependencies extends ChatDependencies {
  /** A folder in the app's own data directory. */
  readonly trash: DocumentStore;
  readonly deletions: Deletions;
}

/** How often work that begins in the conversation while its runs end is ended too. */
const triesAllowed = 5;

/**
 * Puts the file into the trash, durable there before it leaves the workspace. Answers the token for undo.
 * @throws Problem 404 `not-found`, 503 `not-saved`, StoreFailure
 */
export async function deleteConversation(chat: TrashDependencies, id: string): Promise<string> {
  const { keeper } = chat;
  for (let tries = 1; ; tries += 1) {
    const open = await keeper.cache.get(id);
    await endWork(chat, open);
    const { path } = open;
    const token = await keeper.writeBack.alone(path, async () => {
      const held = keeper.cache.held(path);
      // Somebody spoke in it meanwhile, or moved it.
      const isBusy = open.path !== path || (held ?? open) !== open || open.live.size > 0 || open.inFlight.size > 0;
      if (isBusy && tries < triesAllowed) return undefined;
      if (isBusy || countWaiting(open) > 0) throw notSaved();
      return chat.deletions.refusing(open, () => moveToTrash(chat, open));
    });
    if (token !== undefined) return token;
  }
}

async function endWork({ keeper, runs }: TrashDependencies, open: OpenConversation): Promise<void> {
  const atWork = [...open.live.values()].map((answer) => answer.runId);
  if (open.titling !== undefined) atWork.push(open.titling);
  for (const runId of atWork) runs.stop(runId);
  await runs.ended(atWork);
  await keeper.writeBack.settle(open);
}

async function moveToTrash(chat: TrashDependencies, open: OpenConversation): Promise<string> {
  const { keeper, store, trash } = chat;
  const token = chat.newId();
  // Without this a crash before the journal forgets the conversation would bring it back.
  const number = await chat.journal.append(open.path, toJournal(open.id, [{ type: "deleted" }]));
  let document = await store.read(open.path);
  const beside = await copySideFiles({ from: store, to: trash }, open.path, (path) => `${token}/${path}`);
  // Somebody may write it between the copy and the removal: then the newer text is what goes into the trash.
  for (;;) {
    const kept = await trash.write(`${token}/${open.path}`, document.bytes, undefined);
    const removed = kept.outcome === "written" ? await store.remove(open.path, document.revision) : kept;
    if (removed.outcome === "written") break;
    if (removed.current === undefined) throw notFound();
    await trash.remove(`${token}/${open.path}`, kept.outcome === "written" ? kept.revision : removed.current.revision);
    document = removed.current;
  }
  keeper.ledger.release(open, number);
  await removeSideFiles(store, beside).catch((error: unknown) => chat.onError("side files left behind", error));
  keeper.cache.drop(open.path);
  keeper.announcer.removed(open.path);
  return token;
}

function notSaved(): Problem {
  return new Problem("not-saved", 503, "What was written last is not in the file yet, so it is not deleted.", {
    detail: "It is safe in Folio's journal. Try again when the folder can be written.",
  });
}

/**
 * Brings a deleted conversation back to where it was.
 * @throws Problem 404 `not-found` for a token that is not in the trash, 409 `already-exists` when its path is taken
 */
export async function restoreConversation(chat: TrashDependencies, token: string): Promise<ConversationSummary> {
  const { keeper, store, trash, index } = chat;
  for await (const batch of trash.list(token, ".chat.md")) {
    const [found] = batch;
    if (found === undefined) continue;
    const document = await trash.read(found.path);
    const path = found.path.slice(token.length + 1);
    if ((await readIfRegular(store, path)) !== undefined) throw isThereAgain();
    // Before the conversation, which names them.
    const beside = await copySideFiles({ from: trash, to: store }, found.path, (side) => side.slice(token.length + 1));
    const written = await store.write(path, document.bytes, undefined);
    if (written.outcome === "stale") throw isThereAgain();
    await trash.remove(found.path, document.revision);
    await removeSideFiles(trash, beside);
    const { indexed } = parseDocument({ ...document, path, modified: written.modified });
    keeper.announcer.found(indexed, { size: document.bytes.length, modified: written.modified });
    return keeper.announcer.summary(index.byPath(path) ?? indexed);
  }
  throw new Problem("not-found", 404, "It is not in the trash any more.");
}

function isThereAgain(): Problem {
  return new Problem("already-exists", 409, "There is a file of that name again. The deleted one stays in the trash.");
}
