import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { createRuns } from "../platform/runs.ts";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { createAgentCalls } from "./agent-call.ts";
import { createAnswerJournal } from "./answer-journal.ts";
import { deleteConversation, restoreConversation } from "./delete-conversation.ts";
import { createDeletions } from "./deletions.ts";
import { openKeeper } from "./keeper-rig.ts";
import { createOnce } from "./once.ts";

let base: string;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-delete-"));
  chat = await openChat();
});
afterEach(async () => {
  await chat.close();
  await rm(base, { recursive: true, force: true });
});

async function openChat() {
  const locksDirectory = join(base, "locks");
  const trash = openFolderStore({ root: join(base, "trash"), locksDirectory });
  const opened = await openKeeper(openFolderStore({ root: join(base, "folder"), locksDirectory }), base);
  const deletions = createDeletions();
  const dependencies = {
    ...{ ...opened, trash, deletions, keeper: deletions.guard(opened.keeper) },
    ...{ runs: createRuns(() => undefined), clock: systemClock, once: createOnce() },
    answerJournal: createAnswerJournal(opened.journal, () => undefined),
    modelFor: () => undefined,
    contextCharacters: 1000,
    givesTitles: () => false,
    onDebug: () => undefined,
    onError: () => undefined,
  };
  return { dependencies, calls: createAgentCalls(dependencies), close: opened.close };
}

const say = (messageId: string, parent: string) =>
  chat.calls.addCall({
    ...{ conversationId: "c0nversat1", messageId, parent, text: `@agent ${messageId}` },
    ...{ agent: "agent", runId: `run-${messageId}`, model: "m" },
  });

const files = async (folder: string): Promise<string[]> => {
  const entries = await readdir(join(base, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
};

/** A trash that says something in the conversation whenever it keeps a file. */
function talkingTrash(trash: DocumentStore, talk: () => Promise<unknown>): DocumentStore {
  return {
    ...trash,
    write: async (...args) => {
      const written = await trash.write(...args);
      await talk();
      return written;
    },
  };
}

it("is not brought back by what is said while its file goes into the trash", async () => {
  await say("first", "root");
  const { dependencies } = chat;
  const said: unknown[] = [];
  const trash = talkingTrash(dependencies.trash, () =>
    say("late", "first").catch((error: unknown) => said.push(error)),
  );
  const token = await deleteConversation({ ...dependencies, trash }, "c0nversat1");
  expect(said).toMatchObject([{ code: "not-found", status: 404 }]);
  await dependencies.keeper.writeBack.settleAll();
  expect(await files("folder")).toEqual([]);
  expect(dependencies.index.byId("c0nversat1")).toBeUndefined();
  expect((await restoreConversation(dependencies, token)).id).toBe("c0nversat1");
  await say("later", "first");
  await dependencies.keeper.writeBack.settleAll();
  expect(await files("folder")).toHaveLength(1);
});

it("can be gone on with when it could not be deleted", async () => {
  await say("first", "root");
  const { dependencies } = chat;
  const trash = talkingTrash(dependencies.trash, () => Promise.reject(new Error("no room")));
  await expect(deleteConversation({ ...dependencies, trash }, "c0nversat1")).rejects.toThrow("no room");
  await say("second", "first");
  const { conversation } = await dependencies.keeper.cache.get("c0nversat1");
  expect(conversation.messages.map(({ text }) => text)).toContain("@agent second");
});
