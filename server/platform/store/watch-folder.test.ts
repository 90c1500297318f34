import { execFile } from "node:child_process";
import { renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StoreChange } from "./document-store.ts";
import { type FolderWatch, watchFolder } from "./watch-folder.ts";
import { writeFileAtomic } from "./write-file-atomic.ts";

let above: string;
let root: string;
let changes: string[];
let problems: string[];
let watching: FolderWatch | undefined;

beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), "folio-watch-"));
  root = join(above, "root");
  [changes, problems, watching] = [[], [], undefined];
});

afterEach(async () => {
  await watching?.close();
  await rm(above, { recursive: true });
});

const start = async (folders: readonly string[] = ["conversations"]) => {
  watching = await watchFolder({
    root,
    folders,
    suffixes: [".chat.md"],
    onChange: ({ type, path }: StoreChange) => changes.push(`${type} ${path}`),
    onProblem: (problem) => problems.push(problem),
  });
};

const inFolder = async (...names: string[]) => {
  for (const name of names) {
    await mkdir(join(root, "conversations", name, ".."), { recursive: true });
    await writeFile(join(root, "conversations", name), "x");
  }
};

const seen = async (...wanted: string[]) => {
  await expect.poll(() => changes, { timeout: 15_000, interval: 10 }).toEqual(expect.arrayContaining(wanted));
};

/** A change made after all others; when it is seen, everything before it was. */
const settled = async () => {
  await inFolder("last.chat.md");
  await seen("changed conversations/last.chat.md");
  return changes.filter((change) => !change.endsWith("last.chat.md"));
};

test("tells of new, changed and removed documents, and of none that were there before", async () => {
  await inFolder("old.chat.md", "gone.chat.md", "deep/er/old.chat.md");
  await start();
  await inFolder("new.chat.md");
  await appendFile(join(root, "conversations/deep/er/old.chat.md"), "more");
  await rm(join(root, "conversations/gone.chat.md"));
  await seen(
    "changed conversations/new.chat.md",
    "changed conversations/deep/er/old.chat.md",
    "removed conversations/gone.chat.md",
  );
  expect((await settled()).filter((change) => change.endsWith("conversations/old.chat.md"))).toEqual([]);
});

test("a save by rename, as editors make it, is a change and never a removal", async () => {
  await inFolder("a.chat.md", "b.chat.md");
  await start();
  const folder = join(root, "conversations");
  await writeFileAtomic(join(folder, "a.chat.md"), "new");
  // In one go: on a slow disk it could take longer than a save is waited for.
  renameSync(join(folder, "b.chat.md"), join(folder, "b.chat.md~"));
  writeFileSync(join(folder, "b.chat.md"), "new");
  await seen("changed conversations/a.chat.md", "changed conversations/b.chat.md");
  expect((await settled()).filter((change) => change.startsWith("removed"))).toEqual([]);
});

test("follows folders that are made, nested and filled in one go", async () => {
  await inFolder("a.chat.md");
  await start();
  await inFolder("2026/11/one.chat.md", "2026/11/two.chat.md");
  await seen("changed conversations/2026/11/one.chat.md", "changed conversations/2026/11/two.chat.md");
  await writeFile(join(root, "conversations/2026/11/three.chat.md"), "later");
  await seen("changed conversations/2026/11/three.chat.md");
});

test("a folder that is renamed is the old documents gone and the new ones there", async () => {
  await inFolder("old/one.chat.md", "old/deep/two.chat.md");
  await start();
  await rename(join(root, "conversations/old"), join(root, "conversations/new"));
  await seen(
    "removed conversations/old/one.chat.md",
    "removed conversations/old/deep/two.chat.md",
    "changed conversations/new/one.chat.md",
    "changed conversations/new/deep/two.chat.md",
  );
  await writeFile(join(root, "conversations/new/deep/three.chat.md"), "x");
  await seen("changed conversations/new/deep/three.chat.md");
});

test("a folder moved away and one made anew in its place are told apart", async () => {
  await inFolder("f/one.chat.md");
  await start();
  await rename(join(root, "conversations/f"), join(above, "elsewhere"));
  await inFolder("f/two.chat.md");
  await seen("removed conversations/f/one.chat.md", "changed conversations/f/two.chat.md");
  await rm(join(root, "conversations/f"), { recursive: true });
  await inFolder("f/three.chat.md");
  await seen("removed conversations/f/two.chat.md", "changed conversations/f/three.chat.md");
});

test("waits for a folder that is not there yet, and makes nothing", async () => {
  await start();
  expect(await readdir(above)).toEqual([]);
  await mkdir(root);
  await inFolder("first.chat.md");
  await seen("changed conversations/first.chat.md");
  await inFolder("second.chat.md");
  await seen("changed conversations/second.chat.md");
});

test("goes on when the whole folder is removed and comes back", async () => {
  await inFolder("one.chat.md");
  await start();
  await rm(root, { recursive: true });
  await seen("removed conversations/one.chat.md");
  await inFolder("two.chat.md");
  await seen("changed conversations/two.chat.md");
  await rename(join(root, "conversations"), join(root, "aside"));
  await seen("removed conversations/two.chat.md");
  await rename(join(root, "aside"), join(root, "conversations"));
  await expect
    .poll(() => changes.filter((one) => one === "changed conversations/two.chat.md").length)
    .toBeGreaterThan(1);
});

test("links, FIFOs, temporary files and other names are not told of, nor followed", async () => {
  await inFolder("a.chat.md");
  await mkdir(join(above, "outside"));
  await start();
  const folder = join(root, "conversations");
  await symlink(join(above, "outside"), join(folder, "linked"));
  await symlink("/etc/passwd", join(folder, "link.chat.md"));
  await promisify(execFile)("mkfifo", [join(folder, "pipe.chat.md")]);
  await writeFile(join(folder, ".a.chat.md.folio-tmp-1-ab"), "x");
  await writeFile(join(folder, "notes.md"), "x");
  await mkdir(join(folder, ".git"));
  await settled();
  await writeFile(join(above, "outside/x.chat.md"), "x");
  await writeFile(join(folder, ".git/x.chat.md"), "x");
  changes = [];
  expect(await settled()).toEqual([]);
});

test("a document that becomes a link is gone", async () => {
  await inFolder("a.chat.md");
  await start();
  await rm(join(root, "conversations/a.chat.md"));
  await symlink("/etc/passwd", join(root, "conversations/a.chat.md"));
  await seen("removed conversations/a.chat.md");
});

test("loses nothing when more happens at once than the system's queue holds", async () => {
  await inFolder("a.chat.md", "b.chat.md", "gone.chat.md");
  await start();
  // All of it holds the loop, so that nothing is taken from the queue and it runs over before the last two happen.
  for (let index = 0; index < 20_000; index += 1) {
    utimesSync(join(root, "conversations", index % 2 === 0 ? "a.chat.md" : "b.chat.md"), index, index);
  }
  writeFileSync(join(root, "conversations/late.chat.md"), "x");
  rmSync(join(root, "conversations/gone.chat.md"));
  await seen("changed conversations/late.chat.md", "removed conversations/gone.chat.md");
});
