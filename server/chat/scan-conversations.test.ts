import { copyFile, mkdir, mkdtemp, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openRebuildable } from "../platform/index/sqlite.ts";
import { createLogger } from "../platform/logger.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { idFromPath } from "./conversation-file.ts";
import { type ConversationIndex, createConversationIndex, indexSchema, indexVersion } from "./conversation-index.ts";
import { scanConversations } from "./scan-conversations.ts";

let root: string;
let index: ConversationIndex;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "folio-scan-"));
  const database = openRebuildable(":memory:", indexSchema, indexVersion);
  index = createConversationIndex(database, idFromPath, () => undefined);
});
afterEach(async () => {
  index.close();
  await rm(root, { recursive: true, force: true });
});

const at = (path: string): string => join(root, "conversations", path);

async function put(path: string, id: string): Promise<void> {
  await mkdir(join(at(path), ".."), { recursive: true });
  await writeFile(at(path), `---\nformat: chat.md/1\nid: ${id}\ntitle: Of ${id}\n---\n`);
}

const scan = (signal = new AbortController().signal, isElsewhere: (path: string) => boolean = () => false) => {
  const store = openFolderStore({ root, locksDirectory: join(root, "locks") });
  return scanConversations({ store, index, logger: createLogger("error", () => undefined), isElsewhere }, signal);
};

const byPath = ([one]: readonly [string, string], [other]: readonly [string, string]): number => (one < other ? -1 : 1);

const listed = (): Record<string, string> =>
  Object.fromEntries(
    index
      .page({ after: undefined, limit: 1000, query: "" })
      .conversations.map(({ path, id }) => [path.slice("conversations/".length), id] as const)
      .sort(byPath),
  );

it("knows a conversation that was renamed or moved while nobody looked by its id", async () => {
  await put("b.chat.md", "first");
  await put("c.chat.md", "second");
  await scan();
  await rename(at("b.chat.md"), at("a.chat.md"));
  await mkdir(at("deep"));
  await rename(at("c.chat.md"), at("deep/c.chat.md"));
  await scan();
  expect(listed()).toEqual({ "a.chat.md": "first", "deep/c.chat.md": "second" });
});

it("knows two that changed names with each other", async () => {
  await put("a.chat.md", "first");
  await put("b.chat.md", "second");
  await scan();
  await rename(at("a.chat.md"), at("x"));
  await rename(at("b.chat.md"), at("a.chat.md"));
  await rename(at("x"), at("b.chat.md"));
  await utimes(at("a.chat.md"), 1, 1);
  await utimes(at("b.chat.md"), 2, 2);
  await scan();
  expect(listed()).toEqual({ "a.chat.md": "second", "b.chat.md": "first" });
});

it("gives a copy an id of its own, the same at every look", async () => {
  await put("b.chat.md", "first");
  await scan();
  await copyFile(at("b.chat.md"), at("a.chat.md"));
  await scan();
  const found = listed();
  expect(found).toEqual({ "a.chat.md": idFromPath("conversations/a.chat.md"), "b.chat.md": "first" });
  await scan();
  expect(listed()).toEqual(found);
});

it("takes nothing out of the list when it is broken off", async () => {
  for (let count = 0; count < 300; count += 1) await put(`old/${count}.chat.md`, `id${count}`);
  await scan();
  await rename(at("old"), at("new"));
  const ending = new AbortController();
  await scan(ending.signal, () => {
    ending.abort();
    return false;
  });
  expect(Object.values(listed())).toHaveLength(300);
  await scan();
  expect(listed()).toEqual(
    Object.fromEntries([...Array(300).keys()].map((n) => [`new/${n}.chat.md`, `id${n}`] as const).sort(byPath)),
  );
});

it("leaves alone what somebody else keeps in the list", async () => {
  await put("a.chat.md", "first");
  await put("b.chat.md", "second");
  await scan();
  await rm(at("a.chat.md"));
  await put("b.chat.md", "another");
  await scan(undefined, (path) => path !== "conversations/c.chat.md");
  expect(listed()).toEqual({ "a.chat.md": "first", "b.chat.md": "second" });
});
