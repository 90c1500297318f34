import { execFile } from "node:child_process";
import { pbkdf2 } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFileAtomic } from "./write-file-atomic.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "folio-atomic-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const run = promisify(execFile);

test("writes text and bytes, into directories that it makes", async () => {
  const path = join(directory, "a/b/c.md");
  await writeFileAtomic(path, "žluťoučký 🙂");
  expect(await readFile(path, "utf8")).toBe("žluťoučký 🙂");
  await writeFileAtomic(path, new Uint8Array([0, 255, 10]));
  expect(await readFile(path)).toEqual(Buffer.from([0, 255, 10]));
  await writeFileAtomic(path, "");
  expect(await readFile(path, "utf8")).toBe("");
  expect(await readdir(join(directory, "a/b"))).toEqual(["c.md"]);
});

test("keeps the mode of what it replaces, and sets one that is asked for whatever the umask", async () => {
  const path = join(directory, "a.md");
  await writeFile(path, "old");
  await chmod(path, 0o642);
  await writeFileAtomic(path, "new");
  expect((await stat(path)).mode & 0o777).toBe(0o642);
  await writeFileAtomic(path, "secret", { mode: 0o600 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFileAtomic(join(directory, "open.md"), "x", { mode: 0o666 });
  expect((await stat(join(directory, "open.md"))).mode & 0o777).toBe(0o666);
});

test("works for the longest name that a disk takes", async () => {
  for (const name of [`${"n".repeat(252)}.md`, `${"ü".repeat(126)}.md`]) {
    await writeFileAtomic(join(directory, name), name);
    expect(await readFile(join(directory, name), "utf8")).toBe(name);
  }
  expect(await readdir(directory)).toHaveLength(2);
});

test("what was looked at right before is what is replaced, however busy the threads are that wait for the disk", async () => {
  const path = join(directory, "a.md");
  await writeFile(path, "old");
  let next: string | undefined;
  const beforeRename = () => {
    for (let thread = 0; thread < 8; thread += 1) pbkdf2("a", "b", 50_000, 8, "sha512", () => undefined);
    process.nextTick(() => {
      next = readFileSync(path, "utf8");
    });
  };
  await writeFileAtomic(path, "new", { beforeRename });
  expect(next).toBe("new");
});

test("a failure leaves the old file and no temporary one", async () => {
  await mkdir(join(directory, "taken"));
  await expect(writeFileAtomic(join(directory, "taken"), "x")).rejects.toMatchObject({ code: "EISDIR" });
  await writeFile(join(directory, "file"), "x");
  await expect(writeFileAtomic(join(directory, "file/a.md"), "x")).rejects.toMatchObject({ code: "ENOTDIR" });
  expect((await readdir(directory)).sort()).toEqual(["file", "taken"]);
});

test("a file larger than the system allows is an error, not a short file", async () => {
  const path = join(directory, "a.md");
  await writeFile(path, "old");
  const program = `
    import { writeFileAtomic } from ${JSON.stringify(new URL("./write-file-atomic.ts", import.meta.url).href)};
    await writeFileAtomic(process.argv[1], "x".repeat(100_000)).catch((error) => console.log(error.code));
  `;
  const limited = ["--fsize=40000", process.execPath, "--input-type=module", "-e", program, path];
  expect((await run("prlimit", limited)).stdout.trim()).toBe("EFBIG");
  expect(await readFile(path, "utf8")).toBe("old");
  expect(await readdir(directory)).toEqual(["a.md"]);
});
