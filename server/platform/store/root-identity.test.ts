import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FolderStore, openFolderStore } from "./folder-store.ts";

const text = new TextEncoder().encode("text\n");
let base: string;
let root: string;
let store: FolderStore;

const open = (): FolderStore => openFolderStore({ root, locksDirectory: join(base, "locks"), holdsRoot: true });

const listed = async (): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const batch of store.list("", ".md")) all.push(...batch);
  return all;
};

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-root-"));
  root = join(base, "workspace");
});

afterEach(async () => {
  await store.close();
  await rm(base, { recursive: true });
});

test.each(["missing", "another one"])(
  "nothing is read from or made in the place of a folder that went away: %s",
  async (now) => {
    await mkdir(root);
    store = open();
    const { revision } = (await store.write("kept.md", text, undefined)) as { revision: string };
    await rename(root, `${root}-moved`);
    if (now === "another one") await mkdir(root);
    const away = expect.objectContaining({ code: "away", message: expect.stringContaining("is away") });
    await expect(store.write("new.md", text, undefined)).rejects.toEqual(away);
    await expect(store.write("kept.md", text, revision)).rejects.toEqual(away);
    await expect(store.append("log.md", text)).rejects.toEqual(away);
    await expect(store.remove("kept.md", revision)).rejects.toEqual(away);
    await expect(store.read("kept.md")).rejects.toEqual(away);
    await expect(listed()).rejects.toEqual(away);
    expect(await readdir(base)).toEqual(
      now === "missing" ? ["locks", "workspace-moved"] : ["locks", "workspace", "workspace-moved"],
    );
    expect(await readdir(root).catch(() => [])).toEqual([]);

    await rm(root, { recursive: true, force: true });
    await rename(`${root}-moved`, root);
    expect((await store.read("kept.md")).revision).toBe(revision);
    expect((await store.write("new.md", text, undefined)).outcome).toBe("written");
  },
);

test("a folder that was missing at first is made by the first write, and is that one from then on", async () => {
  store = open();
  await store.write("first.md", text, undefined);
  await rename(root, `${root}-moved`);
  await expect(store.write("second.md", text, undefined)).rejects.toMatchObject({ code: "away" });
  expect(await readdir(base)).not.toContain("workspace");
});

test("a folder with files that took the place of another is worked in: a backup, or a disk that numbers anew", async () => {
  await mkdir(root);
  store = open();
  await store.write("kept.md", text, undefined);
  await cp(root, `${root}-backup`, { recursive: true });
  await rm(root, { recursive: true });
  await rename(`${root}-backup`, root);
  expect((await store.write("new.md", text, undefined)).outcome).toBe("written");
  expect(await readdir(root)).toEqual(["kept.md", "new.md"]);
});
