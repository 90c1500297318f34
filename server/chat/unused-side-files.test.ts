import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { editConversation } from "../../shared/chat-format/edit-conversation.ts";
import { newConversation } from "../../shared/chat-format/new-conversation.ts";
import { writeConversation } from "../../shared/chat-format/parse-conversation.ts";
import type { FolderStore } from "../platform/store/folder-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { moveLongText } from "./side-files.ts";
import { findUnusedSideFiles, trashSideFile, type UnusedSideFile } from "./unused-side-files.ts";

let base: string;
let store: FolderStore;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-unused-"));
  store = openFolderStore({ root: join(base, "folder"), locksDirectory: join(base, "locks") });
});
afterEach(() => rm(base, { recursive: true, force: true }));

const path = "conversations/a.chat.md";
const at = (name: string): string => join(base, "folder", name);

/** A conversation with one long text beside it; answers that file's path. */
async function conversationWith(text: string): Promise<string> {
  const moving = { store, newId: () => "part", onError: (_: string, error: unknown) => expect(error).toBeUndefined() };
  const body = await moveLongText(moving, { path, sideTexts: new Map() }, { text: text.repeat(300_000), parts: [] });
  const message = { id: "m", parent: "root", role: "user", label: "You", attributes: {}, ...body };
  const conversation = editConversation(newConversation({ format: "chat.md/1" }), [{ type: "add-message", message }]);
  await writeFile(at(path), writeConversation(conversation));
  return `conversations/${body.parts[0]?.attributes["src"]}`;
}

async function found(): Promise<UnusedSideFile[]> {
  const files: UnusedSideFile[] = [];
  for await (const file of findUnusedSideFiles(store)) files.push(file);
  return files;
}
const unused = async () => (await found()).map((file) => file.path);

it("finds what no part names any more, and nothing else that lies there", async () => {
  const before = await conversationWith("x");
  expect(await unused()).toEqual([]);
  await conversationWith("y");
  const own = join(before, "..", "own notes-0123456789ab.md");
  await writeFile(at(own), "somebody's own");
  await writeFile(at(join(before, "..", "notes.md")), "somebody's own");
  expect(await unused()).toEqual([before]);
});

it("calls nothing unused whose conversation is not there, or is a half of a merge", async () => {
  await conversationWith("x");
  const whole = await conversationWith("y");
  const text = await readFile(at(path), "utf8");
  await writeFile(at(path), `${text}<<<<<<< a\n=======\n### You <!-- message id=z -->\n\n>>>>>>> b\n`);
  expect(await unused()).toEqual([]);
  await rm(at(path));
  expect(await unused()).toEqual([]);
  expect((await readFile(at(whole))).length).toBe(300_000);
});

it("moves one to the trash whole, and leaves one that has changed", async () => {
  await conversationWith("x");
  await conversationWith("y");
  const [file] = await found();
  if (file === undefined) throw new Error("nothing was found");
  const trash = openFolderStore({ root: join(base, "trash"), locksDirectory: join(base, "locks") });
  const stores = { from: store, to: trash };
  expect(await trashSideFile(stores, { ...file, revision: "0".repeat(64) }, "t0")).toBe(false);
  expect(await trashSideFile(stores, file, "t1")).toBe(true);
  expect(await unused()).toEqual([]);
  expect(await readFile(join(base, "trash", "t1", file.path), "utf8")).toBe("x".repeat(300_000));
});
