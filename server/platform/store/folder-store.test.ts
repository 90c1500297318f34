import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Skipped } from "./document-store.ts";
import { type FolderStore, openFolderStore } from "./folder-store.ts";

let above: string;
let root: string;
let skipped: Skipped[];
let store: FolderStore;

const run = promisify(execFile);
const bytes = (text: string) => Buffer.from(text);
const revisionOf = (text: string) => createHash("sha256").update(text).digest("hex");
const onDisk = (path: string) => readFile(join(root, path), "utf8");

const open = (options: { maxBytes?: number } = {}) =>
  openFolderStore({ root, locksDirectory: join(above, "locks"), onSkipped: (one) => skipped.push(one), ...options });

const listed = async (folder = "", suffix = ".chat.md") => {
  const paths: string[] = [];
  for await (const batch of store.list(folder, suffix)) for (const { path } of batch) paths.push(path);
  return paths.sort();
};

beforeEach(async () => {
  above = await mkdtemp(join(tmpdir(), "folio-store-"));
  root = join(above, "root");
  skipped = [];
  store = open();
});

afterEach(async () => {
  await store.close();
  await run("chmod", ["-R", "u+rwX", above]);
  await rm(above, { recursive: true });
});

describe("write", () => {
  test("makes a document with its folders, and gives the revision that read gives", async () => {
    const result = await store.write("conversations/2026/a.chat.md", bytes("one"), undefined);
    expect(result).toMatchObject({ outcome: "written", revision: revisionOf("one") });
    const read = await store.read("conversations/2026/a.chat.md");
    expect(Buffer.from(read.bytes).toString()).toBe("one");
    expect(read).toMatchObject({ path: "conversations/2026/a.chat.md", revision: revisionOf("one") });
    expect(read.modified).toBe(result.outcome === "written" ? result.modified : 0);
  });

  test("writes nothing to the folder before the first write", async () => {
    expect(await listed()).toEqual([]);
    await expect(store.read("a.chat.md")).rejects.toMatchObject({ code: "not-found" });
    expect(await store.write("a.chat.md", bytes("x"), revisionOf("old"))).toEqual({
      outcome: "stale",
      current: undefined,
    });
    await expect(readdir(root)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("does not replace what somebody else changed, and hands it back", async () => {
    await store.write("a.chat.md", bytes("one"), undefined);
    await writeFile(join(root, "a.chat.md"), "edited outside");
    const result = await store.write("a.chat.md", bytes("two"), revisionOf("one"));
    expect(result).toMatchObject({ outcome: "stale", current: { revision: revisionOf("edited outside") } });
    expect(await onDisk("a.chat.md")).toBe("edited outside");
    expect(await store.write("a.chat.md", bytes("two"), undefined)).toMatchObject({ outcome: "stale" });
    await rm(join(root, "a.chat.md"));
    expect(await store.write("a.chat.md", bytes("two"), revisionOf("one"))).toEqual({
      outcome: "stale",
      current: undefined,
    });
  });

  test("of many that write with the same expectation one wins, in two stores as in one", async () => {
    await store.write("a.chat.md", bytes("0"), undefined);
    const other = open();
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? store : other).write("a.chat.md", bytes(`from ${index}`), revisionOf("0")),
      ),
    );
    expect(results.filter(({ outcome }) => outcome === "written")).toHaveLength(1);
    await other.close();
  });

  test("many appends at once are all there, each whole", async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `line ${index} ${"x".repeat(index * 50)}.\n`);
    const revisions = await Promise.all(lines.map((line) => store.append("log/a.chat.md", bytes(line))));
    const text = await onDisk("log/a.chat.md");
    expect(text.split("\n").sort()).toEqual(["", ...lines.map((line) => line.trimEnd())].sort());
    expect(revisions).toContain(revisionOf(text));
  });

  test("keeps the mode of a file, and refuses one that is marked read-only", async () => {
    await store.write("a.chat.md", bytes("one"), undefined);
    await chmod(join(root, "a.chat.md"), 0o640);
    await store.write("a.chat.md", bytes("two"), revisionOf("one"));
    expect((await stat(join(root, "a.chat.md"))).mode & 0o777).toBe(0o640);
    await chmod(join(root, "a.chat.md"), 0o444);
    await expect(store.write("a.chat.md", bytes("3"), revisionOf("two"))).rejects.toMatchObject({
      code: "no-permission",
    });
    await expect(store.remove("a.chat.md", revisionOf("two"))).rejects.toMatchObject({ code: "no-permission" });
    expect(await onDisk("a.chat.md")).toBe("two");
  });

  test("replaces one name of a file with several and leaves the others as they were", async () => {
    await store.write("a.chat.md", bytes("one"), undefined);
    await link(join(root, "a.chat.md"), join(above, "backup"));
    await store.write("a.chat.md", bytes("two"), revisionOf("one"));
    expect(await readFile(join(above, "backup"), "utf8")).toBe("one");
    expect(await onDisk("a.chat.md")).toBe("two");
  });

  test("removes what killed writers left, and only that", async () => {
    const dead = 2 ** 22 + 7;
    await mkdir(join(root, "c"), { recursive: true });
    for (const name of [
      `.a.chat.md.folio-tmp-${process.pid}-0a`,
      `.a.chat.md.folio-tmp-${dead}-0b`,
      `.b.chat.md.folio-tmp-${dead}-0c`,
      `.b.chat.md.folio-tmp-${process.pid}-0d`,
      ".mine.folio-tmp-notes",
    ]) {
      await writeFile(join(root, "c", name), "half");
    }
    expect(await listed("", "")).toEqual(["c/.mine.folio-tmp-notes"]);
    await store.write("c/a.chat.md", bytes("one"), undefined);
    expect((await readdir(join(root, "c"))).sort()).toEqual([
      `.b.chat.md.folio-tmp-${process.pid}-0d`,
      ".mine.folio-tmp-notes",
      "a.chat.md",
    ]);
  });

  test("refuses what is too large, before and after", async () => {
    const small = open({ maxBytes: 10 });
    await expect(small.write("a.chat.md", bytes("12345678901"), undefined)).rejects.toMatchObject({
      code: "too-large",
    });
    await small.write("a.chat.md", bytes("1234567890"), undefined);
    await expect(small.append("a.chat.md", bytes("1"))).rejects.toMatchObject({ code: "too-large" });
    expect(await onDisk("a.chat.md")).toBe("1234567890");
    await small.close();
    await truncate(join(root, "a.chat.md"), 10 * 2 ** 30);
    await expect(store.read("a.chat.md")).rejects.toMatchObject({ code: "too-large" });
  });

  test("large documents come back byte for byte", async () => {
    const large = Buffer.alloc(3_000_001, "0123456789é");
    await store.write("a.chat.md", large, undefined);
    const { bytes: read, revision } = await store.read("a.chat.md");
    expect(Buffer.compare(read, large)).toBe(0);
    expect(revision).toBe(createHash("sha256").update(large).digest("hex"));
  });
});

describe("remove", () => {
  test("removes only what is as expected", async () => {
    await store.write("a.chat.md", bytes("one"), undefined);
    expect(await store.remove("a.chat.md", revisionOf("other"))).toMatchObject({ outcome: "stale" });
    expect(await onDisk("a.chat.md")).toBe("one");
    expect(await store.remove("a.chat.md", revisionOf("one"))).toMatchObject({ outcome: "written" });
    expect(await store.remove("a.chat.md", revisionOf("one"))).toEqual({ outcome: "stale", current: undefined });
    expect(await store.remove("no/folder.chat.md", revisionOf("one"))).toEqual({
      outcome: "stale",
      current: undefined,
    });
  });
});

describe("list", () => {
  test("gives the documents below a folder with size and time, in batches", async () => {
    await mkdir(join(root, "c/many"), { recursive: true });
    for (let index = 0; index < 1_100; index += 1) await writeFile(join(root, `c/many/${index}.chat.md`), "12345");
    await writeFile(join(root, "c/other.md"), "x");
    await store.write("d/a.chat.md", bytes("x"), undefined);
    const sizes: number[] = [];
    let count = 0;
    for await (const batch of store.list("c", ".chat.md")) {
      sizes.push(batch.length);
      for (const { size, modified, path } of batch) {
        count += 1;
        expect([size, path.startsWith("c/many/"), Math.abs(modified - Date.now()) < 600_000]).toEqual([5, true, true]);
      }
    }
    expect(count).toBe(1_100);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
    expect(await listed("d")).toEqual(["d/a.chat.md"]);
    expect(await listed("missing")).toEqual([]);
  });

  test("leaves out git's and npm's folders, and names that read would refuse, with a notice", async () => {
    for (const folder of [".git", "node_modules", ".codex", "c"]) {
      await mkdir(join(root, folder), { recursive: true });
      await writeFile(join(root, folder, "a.chat.md"), "x");
    }
    await writeFile(join(root, "aux.chat.md"), "x");
    await writeFile(Buffer.concat([bytes(`${root}/`), Buffer.from([0xff, 0xfe]), bytes(".chat.md")]), "x");
    await writeFile(join(root, "back\\slash.chat.md"), "x");
    expect(await listed()).toEqual([".codex/a.chat.md", "c/a.chat.md"]);
    expect(skipped.map(({ reason }) => reason)).toEqual(["bad-name", "bad-name", "bad-name"]);
  });
});
