import { renameSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FolderWatch } from "./watch-folder.ts";
import { watchRootFiles } from "./watch-root-files.ts";

let above: string;
let root: string;
let changes: string[];
let watching: FolderWatch | undefined;

beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), "folio-root-"));
  root = join(above, "root");
  changes = [];
});

afterEach(async () => {
  await watching?.close();
  await rm(above, { recursive: true });
});

const start = async () => {
  watching = await watchRootFiles({
    root,
    isWanted: (name) => /^(AGENTS|TASKS)\.md$/i.test(name),
    onChange: ({ type, path }) => changes.push(`${type} ${path}`),
    onProblem: () => undefined,
  });
};

const seen = async (...wanted: string[]) => {
  await expect.poll(() => changes, { timeout: 15_000, interval: 10 }).toEqual(expect.arrayContaining(wanted));
};

test("tells of the wanted names only, and of none that were there before", async () => {
  await mkdir(join(root, "sub"), { recursive: true });
  await writeFile(join(root, "AGENTS.md"), "a");
  await writeFile(join(root, "TASKS.md"), "t");
  await start();
  await writeFile(join(root, "README.md"), "r");
  await writeFile(join(root, "sub", "AGENTS.md"), "s");
  await symlink("/etc/hosts", join(root, "agents.md"));
  await writeFile(join(root, "AGENTS.md"), "b");
  await rm(join(root, "TASKS.md"));
  await seen("changed AGENTS.md", "removed TASKS.md");
  expect(new Set(changes)).toEqual(new Set(["changed AGENTS.md", "removed TASKS.md"]));
});

test("a save by rename is a change and no removal", async () => {
  await mkdir(root);
  await writeFile(join(root, "AGENTS.md"), "a");
  await start();
  // In one go: on a slow disk it could take longer than a save is waited for.
  renameSync(join(root, "AGENTS.md"), join(root, "AGENTS.md~"));
  writeFileSync(join(root, "AGENTS.md"), "b");
  await seen("changed AGENTS.md");
  await writeFile(join(root, "TASKS.md"), "last");
  await seen("changed TASKS.md");
  expect(changes.filter((change) => change.startsWith("removed"))).toEqual([]);
});

test("a folder that is made later is followed from then on", async () => {
  await start();
  await mkdir(root);
  await writeFile(join(root, "AGENTS.md"), "a");
  await seen("changed AGENTS.md");
  changes = [];
  await writeFile(join(root, "TASKS.md"), "t");
  await seen("changed TASKS.md");
});
