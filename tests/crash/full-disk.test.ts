/** A disk without room, made of memory: no bytes, then no inodes. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openJournal } from "../../server/platform/journal/folder-journal.ts";
import { openFolderStore } from "../../server/platform/store/folder-store.ts";
import { canMountDisks, fillDisk, mountDisk } from "./small-disk.ts";

let disk: string;

const isPossible = canMountDisks("Full disks");

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe.skipIf(!isPossible)("a full disk", () => {
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), "folio-disk-"));
  });

  afterEach(() => {
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  });

  test("a document keeps its content, the failure names the free space, and all works when there is room", async () => {
    mountDisk(disk, "size=2m");
    const locks = mkdtempSync(join(tmpdir(), "folio-locks-"));
    const store = openFolderStore({ root: join(disk, "workspace"), locksDirectory: locks });
    const first = await store.write("a.md", Buffer.alloc(300_000, "a"), undefined);
    if (first.outcome !== "written") throw new Error("not written");
    fillDisk(disk);
    await expect(store.write("a.md", Buffer.alloc(400_000, "b"), first.revision)).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringMatching(
        /The disk is full \(0 MB free\)\. “a\.md”: It still has the content it had before\./,
      ),
    });
    await expect(store.append("a.md", Buffer.from("more"))).rejects.toMatchObject({ code: "disk-full" });
    expect((await store.read("a.md")).revision).toBe(first.revision);
    expect(readdirSync(join(disk, "workspace"))).toEqual(["a.md"]);
    truncateSync(join(disk, "filler"));
    expect(await store.write("a.md", Buffer.from("b"), first.revision)).toMatchObject({ outcome: "written" });
    await store.close();
    rmSync(locks, { recursive: true });
  });

  test("a disk that can hold no more files says so", async () => {
    mountDisk(disk, "size=2m,nr_inodes=20");
    const locks = mkdtempSync(join(tmpdir(), "folio-locks-"));
    const store = openFolderStore({ root: disk, locksDirectory: locks });
    const first = await store.write("a.md", Buffer.from("one"), undefined);
    for (let index = 0; index < 30; index += 1) {
      try {
        writeFileSync(join(disk, `filler${index}`), "");
      } catch {
        break;
      }
    }
    const revision = first.outcome === "written" ? first.revision : undefined;
    await expect(store.write("a.md", Buffer.from("two"), revision)).rejects.toMatchObject({
      code: "disk-full",
      message: expect.stringContaining("no more files"),
    });
    expect(text((await store.read("a.md")).bytes)).toBe("one");
    rmSync(join(disk, "filler0"));
    expect(await store.write("a.md", Buffer.from("two"), revision)).toMatchObject({ outcome: "written" });
    await store.close();
    rmSync(locks, { recursive: true });
  });

  test("the journal lives on its reserve, then refuses, then goes on, and recovers exactly what it took", async () => {
    mountDisk(disk, "size=2m");
    const directory = join(disk, "journal");
    const spaces: string[] = [];
    const open = () =>
      openJournal({ directory, reserveBytes: 64 * 1_024, retryMs: 20, onSpace: (space) => spaces.push(space) });
    const journal = await open();
    const taken: number[] = [await journal.append("a", { text: "before" })];
    expect(journal.space()).toBe("ok");
    fillDisk(disk);
    taken.push(await journal.append("a", { text: "x".repeat(6_000) }));
    expect(journal.space()).toBe("reserve-used");
    const more = () => journal.append("a", { text: "y".repeat(6_000) });
    const refusal = await (async () => {
      for (let index = 0; index < 100; index += 1) taken.push(await more());
    })().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "ENOSPC" });
    expect(journal.space()).toBe("full");
    expect(taken.length).toBeGreaterThan(5);
    journal.appendSoon("b", { text: "waits" });
    truncateSync(join(disk, "filler"));
    taken.push(await journal.append("a", { text: "after" }));
    await expect.poll(() => journal.space()).toBe("ok");
    expect(statSync(join(directory, "reserve")).size).toBe(64 * 1_024);
    // On a busy machine the reserve may be there again before the first append is.
    expect(spaces.filter((space, at) => at < 2 || space !== "reserve-used")).toEqual(["reserve-used", "full", "ok"]);
    await journal.close();
    const after = await open();
    const numbers = after
      .recovered()
      .filter(({ key }) => key === "a")
      .map(({ number }) => number);
    expect(numbers).toEqual(taken);
    expect(after.recovered().filter(({ key }) => key === "b")).toHaveLength(1);
    await after.close();
  });

  test("a journal that starts on a full disk reads what it holds and works when there is room", async () => {
    mountDisk(disk, "size=1m");
    const directory = join(disk, "journal");
    const before = await openJournal({ directory, reserveBytes: 0 });
    await before.append("a", { text: "kept" });
    await before.close();
    mkdirSync(join(disk, "other"));
    fillDisk(disk);
    const journal = await openJournal({ directory, reserveBytes: 8_192, retryMs: 20 });
    expect(journal.recovered()).toHaveLength(1);
    await expect(journal.append("a", { text: "x".repeat(9_000) })).rejects.toMatchObject({ code: "ENOSPC" });
    rmSync(join(disk, "filler"));
    expect(await journal.append("a", { text: "later" })).toBeGreaterThan(1);
    await expect.poll(() => journal.space()).toBe("ok");
    await journal.close();
  });

  test("on a disk that turned read-only reads go on and a write says why not", async () => {
    mountDisk(disk, "size=2m");
    const locks = mkdtempSync(join(tmpdir(), "folio-locks-"));
    const store = openFolderStore({ root: disk, locksDirectory: locks });
    const first = await store.write("a.md", Buffer.from("one"), undefined);
    const revision = first.outcome === "written" ? first.revision : "";
    execFileSync("mount", ["-o", "remount,ro", disk]);
    await expect(store.write("a.md", Buffer.from("two"), revision)).rejects.toMatchObject({ code: "read-only" });
    await expect(store.write("new/b.md", Buffer.from("two"), undefined)).rejects.toMatchObject({ code: "read-only" });
    await expect(store.remove("a.md", revision)).rejects.toMatchObject({ code: "read-only" });
    expect(text((await store.read("a.md")).bytes)).toBe("one");
    await store.close();
    rmSync(locks, { recursive: true });
  });
});
