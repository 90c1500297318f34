import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
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

const open = () =>
  openFolderStore({ root, locksDirectory: join(above, "locks"), onSkipped: (one) => skipped.push(one) });

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

describe("names", () => {
  const everyVerb = (path: string) => [
    () => store.read(path),
    () => store.write(path, bytes("x"), undefined),
    () => store.write(path, bytes("x"), revisionOf("y")),
    () => store.append(path, bytes("x")),
    () => store.remove(path, revisionOf("y")),
  ];

  test.each([
    ["../out.md", "outside"],
    ["a/../../out.md", "outside"],
    ["a/./b.md", "outside"],
    ["/etc/passwd", "outside"],
    ["C:/x.md", "outside"],
    [".git/hooks/pre-commit", "outside"],
    ["a/.GIT/config", "outside"],
    ["", "bad-name"],
    ["a//b.md", "bad-name"],
    ["a/", "bad-name"],
    ["a\u0000.md", "bad-name"],
    ["a\nb.md", "bad-name"],
    ["..\\out.md", "bad-name"],
    ["con.md", "bad-name"],
    ["x/LPT1", "bad-name"],
    ["a\ud800.md", "bad-name"],
    ["a\ufffd.md", "bad-name"],
    [`${"é".repeat(128)}.md`, "bad-name"],
    [`${"a/".repeat(1_100)}b.md`, "bad-name"],
    [".a.md.folio-tmp-12-ab", "bad-name"],
  ])("%j is refused by every verb as %s", async (path, code) => {
    for (const verb of everyVerb(path))
      await expect(verb()).rejects.toMatchObject({ name: "StoreFailure", code, path });
    await expect(readdir(root)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("a new name must suit every system, an existing one only this one", async () => {
    await mkdir(root);
    for (const name of ["what?.chat.md", "a:b.chat.md", "end..chat.md "]) {
      await writeFile(join(root, name), "x");
      expect((await store.read(name)).revision).toBe(revisionOf("x"));
      expect(await store.write(name, bytes("x2"), revisionOf("x"))).toMatchObject({ outcome: "written" });
      await rm(join(root, name));
      if (name.startsWith("end.")) continue;
      await expect(store.write(name, bytes("x"), undefined)).rejects.toMatchObject({ code: "bad-name" });
    }
    const name = "Ünïcode 🙂 — “quotes” & 100%.chat.md";
    expect(await store.write(name, bytes("x"), undefined)).toMatchObject({ outcome: "written" });
    expect(await listed()).toEqual([name]);
  });

  test("a message shows no control characters and no endless name", async () => {
    const failure = await store.read(`a\u001b[31m\u202e${"b".repeat(500)}`).catch((error: unknown) => error);
    expect(String(failure)).not.toMatch(/[\u001b\u202e]/u);
    expect(String(failure).length).toBeLessThan(300);
  });
});

describe("what is not a regular file inside the folder", () => {
  beforeEach(async () => {
    await mkdir(join(root, "c/deep"), { recursive: true });
    await mkdir(join(above, "outside/deep"), { recursive: true });
    await writeFile(join(above, "outside/secret.chat.md"), "secret");
    await writeFile(join(above, "outside/deep/secret.chat.md"), "secret");
  });

  const nothingOutside = async () => {
    for (const folder of ["outside", "outside/deep"]) {
      expect(await readFile(join(above, folder, "secret.chat.md"), "utf8")).toBe("secret");
    }
    expect((await readdir(join(above, "outside"), { recursive: true })).sort()).toEqual([
      "deep",
      "deep/secret.chat.md",
      "secret.chat.md",
    ]);
  };

  const refusedEverywhere = async (path: string, code: string) => {
    await expect(store.read(path)).rejects.toMatchObject({ code });
    await expect(store.write(path, bytes("x"), undefined)).rejects.toMatchObject({ code });
    await expect(store.write(path, bytes("x"), revisionOf("secret"))).rejects.toMatchObject({ code });
    await expect(store.append(path, bytes("x"))).rejects.toMatchObject({ code });
    await expect(store.remove(path, revisionOf("secret"))).rejects.toMatchObject({ code });
    await nothingOutside();
  };

  test("a link to a file, out of the folder or inside, is not followed", async () => {
    await writeFile(join(root, "real.chat.md"), "secret");
    await symlink(join(above, "outside/secret.chat.md"), join(root, "out.chat.md"));
    await symlink("real.chat.md", join(root, "in.chat.md"));
    await symlink("loop.chat.md", join(root, "loop.chat.md"));
    await symlink(join(above, "outside/new.chat.md"), join(root, "dangling.chat.md"));
    for (const name of ["out", "in", "loop", "dangling"]) await refusedEverywhere(`${name}.chat.md`, "not-a-file");
    expect(await listed()).toEqual(["real.chat.md"]);
    expect(skipped.map(({ reason }) => reason)).toEqual(["link", "link", "link", "link"]);
  });

  test("a link to a directory anywhere on the path is not followed, nor is anything made behind it", async () => {
    await symlink(join(above, "outside"), join(root, "linked"));
    await symlink("c", join(root, "inner"));
    await symlink(join(above, "outside"), join(root, "c/deep/linked"));
    for (const folder of ["linked", "inner", "c/deep/linked", "linked/deep", "c/deep/linked/deep", "linked/new/er"]) {
      await expect(store.read(`${folder}/secret.chat.md`)).rejects.toMatchObject({ code: /outside|not-found/ });
      await expect(store.write(`${folder}/secret.chat.md`, bytes("x"), undefined)).rejects.toMatchObject({
        code: "outside",
      });
      await expect(store.append(`${folder}/secret.chat.md`, bytes("x"))).rejects.toMatchObject({ code: "outside" });
    }
    for (const folder of ["linked", "linked/deep"]) await refusedEverywhere(`${folder}/secret.chat.md`, "outside");
    expect(await listed()).toEqual([]);
    expect(await listed("c")).toEqual([]);
    await expect(listed("linked")).rejects.toMatchObject({ code: "outside" });
  });

  test("FIFOs, sockets, devices and directories hold nothing up and are refused", async () => {
    await run("mkfifo", [join(root, "pipe.chat.md")]);
    const socket = createServer().listen(join(root, "socket.chat.md"));
    await mkdir(join(root, "folder.chat.md"));
    const names = ["pipe.chat.md", "socket.chat.md", "folder.chat.md"];
    // Only an administrator may make a device.
    if (process.getuid?.() === 0) await run("mknod", [join(root, "null.chat.md"), "c", "1", "3"]);
    if (process.getuid?.() === 0) names.push("null.chat.md");
    for (const name of names) await refusedEverywhere(name, "not-a-file");
    expect(await listed()).toEqual([]);
    socket.close();
  });

  test("a parent that is swapped for a link while documents are written never lets one out", async () => {
    await store.write("c/deep/a.chat.md", bytes("0"), undefined);
    const swapping = (async () => {
      for (let round = 0; round < 60; round += 1) {
        await rename(join(root, "c"), join(root, "aside"));
        await symlink(join(above, "outside"), join(root, "c"));
        await rm(join(root, "c"));
        await rename(join(root, "aside"), join(root, "c"));
      }
    })();
    let revision = revisionOf("0");
    for (let round = 0; round < 60; round += 1) {
      const result = await store.write("c/deep/a.chat.md", bytes(`${round}`), revision).catch(() => undefined);
      if (result?.outcome === "written") revision = result.revision;
      await store.read("c/deep/secret.chat.md").then(
        () => expect.unreachable("read a file outside"),
        () => undefined,
      );
    }
    await swapping;
    await nothingOutside();
  });

  test("the folder itself may be reached through a link", async () => {
    await symlink(root, join(above, "link"));
    const through = openFolderStore({ root: join(above, "link"), locksDirectory: join(above, "locks") });
    await through.write("a.chat.md", bytes("one"), undefined);
    expect(await onDisk("a.chat.md")).toBe("one");
    expect(await readlink(join(above, "link"))).toBe(root);
    await through.close();
  });

  test("a folder that is a file is told as such", async () => {
    const odd = openFolderStore({ root: join(above, "outside/secret.chat.md"), locksDirectory: join(above, "locks") });
    await expect(odd.read("a.chat.md")).rejects.toMatchObject({ name: "StoreFailure" });
    await expect(odd.write("a.chat.md", bytes("x"), undefined)).rejects.toMatchObject({ name: "StoreFailure" });
    await odd.close();
  });
});
