import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type DocumentStore, StoreFailure } from "../platform/store/document-store.ts";
import { openFolderStore } from "../platform/store/folder-store.ts";
import { openKeeper } from "./keeper-rig.ts";
import { takeOutsideChange } from "./outside-change.ts";
import { createOutsideChanges } from "./outside-changes.ts";

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-outside-"));
  await mkdir(join(base, "conversations"));
});
afterEach(() => rm(base, { recursive: true, force: true }));

const path = "conversations/a.chat.md";
const save = (text: string) =>
  writeFile(
    join(base, path),
    `---\nformat: chat.md/1\nid: c\n---\n### You <!-- message id=m parent=root role=user -->\n\n${text}\n\n`,
  );

/** What it reads first is handed over only when `gate` resolves. */
function slowAtFirst(
  store: DocumentStore,
  gate: Promise<void>,
): { readonly store: DocumentStore; readonly read: Promise<void> } {
  const hasRead = Promise.withResolvers<void>();
  let isFirst = true;
  const read: DocumentStore["read"] = async (asked) => {
    const isGated = isFirst;
    isFirst = false;
    const document = await store.read(asked);
    if (isGated) {
      hasRead.resolve();
      await gate;
    }
    return document;
  };
  return { store: { ...store, read }, read: hasRead.promise };
}

it("reaches a conversation that was being opened when its file changed", async () => {
  const gate = Promise.withResolvers<void>();
  const slow = slowAtFirst(openFolderStore({ root: base, locksDirectory: join(base, "locks") }), gate.promise);
  const { close, ...dependencies } = await openKeeper(slow.store, base);
  const { cache } = dependencies.keeper;
  const row = { id: "c", path, title: "T", created: "2026", updated: "2026" };
  dependencies.index.put(row, { size: 1, modified: 1 });
  await save("before");
  const opening = cache.get("c");
  await slow.read;
  await save("after");
  const taking = takeOutsideChange(dependencies, { type: "changed", path });
  // Long enough for a look that does not wait for what is being opened.
  await new Promise((resolve) => setTimeout(resolve, 200));
  gate.resolve();
  await Promise.all([opening, taking]);
  expect((await cache.get("c")).conversation.messages.map(({ text }) => text)).toEqual(["after"]);
  await close();
});

it("is not tried again once Folio ends", async () => {
  let reads = 0;
  const store: DocumentStore = {
    ...openFolderStore({ root: base, locksDirectory: join(base, "locks") }),
    read: async (asked) => {
      reads += 1;
      throw new StoreFailure("io", asked, "The disk failed.");
    },
  };
  const { close, ...dependencies } = await openKeeper(store, base);
  const outside = createOutsideChanges(dependencies);
  const taking = outside.take({ type: "changed", path });
  await expect.poll(() => reads).toBe(1);
  await outside.close();
  await taking;
  await outside.take({ type: "changed", path });
  expect(reads).toBe(1);
  await close();
});
