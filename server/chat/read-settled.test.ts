import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { DocumentStore } from "../platform/store/document-store.ts";
import { type FolderStore, openFolderStore } from "../platform/store/folder-store.ts";
import { parseFile } from "./conversation-file.ts";
import { applyEdits, type OpenConversation, openedFrom } from "./open-conversation.ts";
import { readSettled } from "./read-settled.ts";

const path = "conversations/a.chat.md";
const turn = (id: string, parent: string, text: string) =>
  `### You <!-- message id=${id} parent=${parent} role=user -->\n\n${text}\n\n`;
const whole = `---\nformat: chat.md/1\nid: 7k2m9qd4xa\n---\n${turn("a", "root", "one")}${turn("b", "a", "two\n\nthree\n\nfour")}`;

let base: string;
let store: FolderStore;
let file: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-settled-"));
  file = join(base, "workspace", path);
  await mkdir(join(base, "workspace", "conversations"), { recursive: true });
  await writeFile(file, whole);
  store = openFolderStore({ root: join(base, "workspace"), locksDirectory: join(base, "locks") });
});
afterEach(async () => {
  await store.close();
  await rm(base, { recursive: true });
});

/** The conversation as it is in memory, with a message that waits for the file. */
async function waiting(): Promise<OpenConversation> {
  const document = await store.read(path);
  const stamp = { revision: document.revision, size: document.bytes.length, modified: document.modified };
  const open = openedFrom("7k2m9qd4xa", path, parseFile(document), stamp);
  const message = {
    id: "c",
    parent: "b",
    role: "user" as const,
    label: "You",
    attributes: {},
    text: "ours",
    parts: [],
  };
  applyEdits(open, [{ type: "add-message", message }]);
  return open;
}

/** Writes the rest at the first look, as an editor on a slow disk would. */
function filledAtFirstLook(rest: string): DocumentStore {
  let left = rest;
  return {
    ...store,
    read: async (asked) => {
      await appendFile(file, left);
      left = "";
      return store.read(asked);
    },
  };
}

test.each([
  ["before its first message", whole.indexOf("###")],
  ["within a line of its last message", whole.indexOf("hree")],
  ["between two lines of its last message", whole.indexOf("four")],
  ["right after the heading of its last message", whole.indexOf("two")],
])("a file that was emptied and is filled again is taken when it is whole: it broke off %s", async (_, at) => {
  const open = await waiting();
  await writeFile(file, whole.slice(0, at));
  const settled = await readSettled(filledAtFirstLook(whole.slice(at)), open, await store.read(path));
  expect(Buffer.from(settled?.bytes ?? []).toString()).toBe(whole);
  expect(await readFile(file, "utf8")).toBe(whole);
});

test("a file that somebody saved whole is taken at once", async () => {
  const open = await waiting();
  const edited = whole.replace("two", "two, edited");
  await writeFile(file, edited);
  const found = await store.read(path);
  const unread: DocumentStore = { ...store, read: () => Promise.reject(new Error("looked at again")) };
  expect(await readSettled(unread, open, found)).toBe(found);
});
