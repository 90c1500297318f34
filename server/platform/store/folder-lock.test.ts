import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FolderTake, takeFolder } from "./folder-lock.ts";

let dataDirectory: string;
let folder: string;
let children: ChildProcess[];

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "folio-lock-"));
  folder = join(dataDirectory, "workspace");
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(dataDirectory, { recursive: true });
});

/** Takes each folder that it is told of, and says how that went. */
const TAKER = `
  import { createInterface } from "node:readline";
  import { takeFolder } from ${JSON.stringify(new URL("./folder-lock.ts", import.meta.url).href)};
  const dataDirectory = process.argv[1];
  console.log("ready");
  for await (const folder of createInterface({ input: process.stdin })) {
    const info = { link: "http://127.0.0.1/" + process.pid };
    const taken = await takeFolder({ folder, dataDirectory, info });
    console.log(JSON.stringify({ outcome: taken.outcome, by: taken.by, pid: process.pid }));
  }
`;

interface Taker {
  readonly child: ChildProcess;
  take(path: string): Promise<{ outcome: string; pid: number; by?: { pid: number; link?: string } }>;
}

const startTaker = async (): Promise<Taker> => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", TAKER, dataDirectory], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  await next();
  return {
    child,
    async take(path) {
      child.stdin.write(`${path}\n`);
      return JSON.parse(await next());
    },
  };
};

const kill = async (child: ChildProcess) => {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
};

const take = (path = folder, info = {}): Promise<FolderTake> => takeFolder({ folder: path, dataDirectory, info });

const taken = async (path = folder) => {
  const result = await take(path);
  if (result.outcome === "held") throw new Error(`held by ${result.by.pid}`);
  return result;
};

const lockFiles = async () => (await readdir(join(dataDirectory, "locks"))).filter((name) => name.endsWith(".lock"));

test("the second start hears who has the folder and where it is reached", async () => {
  const first = await taken();
  expect(await take()).toEqual({ outcome: "held", by: { pid: process.pid } });
  await first.update({ link: "http://127.0.0.1:4711/" });
  expect(await take()).toEqual({ outcome: "held", by: { pid: process.pid, link: "http://127.0.0.1:4711/" } });
  await first.release();
});

test("another process is told too, and takes the folder after release", async () => {
  const first = await taken();
  const other = await startTaker();
  expect(await other.take(folder)).toMatchObject({ outcome: "held", by: { pid: process.pid } });
  await first.release();
  expect(await other.take(folder)).toMatchObject({ outcome: "taken" });
  expect(await take()).toEqual({
    outcome: "held",
    by: { pid: other.child.pid, link: `http://127.0.0.1/${other.child.pid}` },
  });
});

test("a release leaves nothing behind, and a missing folder is not made", async () => {
  const first = await taken();
  await first.release();
  expect(await readdir(join(dataDirectory, "locks"))).toEqual([]);
  expect(await readdir(dataDirectory)).toEqual(["locks"]);
});

test("a folder reached through a link is the same folder; others are free", async () => {
  await mkdir(folder);
  await symlink(folder, join(dataDirectory, "link"));
  const first = await taken();
  expect(await take(join(dataDirectory, "link"))).toMatchObject({ outcome: "held" });
  const second = await taken(join(folder, "inside"));
  await second.release();
  await first.release();
});

test("only the owner of the account can read what the holder tells", async () => {
  const first = await taken();
  const locks = join(dataDirectory, "locks");
  expect((await stat(locks)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(locks)) expect((await stat(join(locks, name))).mode & 0o777).toBe(0o600);
  await first.release();
});

test("of twenty that start at once after a crash exactly one takes each folder", async () => {
  const folders = Array.from({ length: 6 }, (_, index) => join(dataDirectory, `folder-${index}`));
  const crashed = await startTaker();
  for (const path of folders) expect(await crashed.take(path)).toMatchObject({ outcome: "taken" });
  await kill(crashed.child);
  const takers = await Promise.all(Array.from({ length: 20 }, startTaker));
  for (const path of folders) {
    const results = await Promise.all(takers.map((taker) => taker.take(path)));
    const winners = results.filter(({ outcome }) => outcome === "taken");
    expect(winners).toHaveLength(1);
    const others = results.filter(({ outcome }) => outcome === "held");
    expect(new Set(others.map(({ by }) => by?.pid))).toEqual(new Set([winners[0]?.pid]));
  }
});

test("the lock of a process whose id was given to another one is taken over", async () => {
  const first = await taken();
  const [name] = await lockFiles();
  const path = join(dataDirectory, "locks", name ?? "");
  const identity = JSON.parse(await readFile(path, "utf8"));
  await first.release();
  await writeFile(path, JSON.stringify({ ...identity, id: "ab12", started: "1" }));
  await (await taken()).release();
  await writeFile(path, JSON.stringify({ ...identity, id: "ab13", boot: "another boot" }));
  await (await taken()).release();
});

test("a lock that a power cut emptied or filled with noise is taken over", async () => {
  const first = await taken();
  const [name] = await lockFiles();
  const path = join(dataDirectory, "locks", name ?? "");
  await first.release();
  for (const content of ["", "\0\0\0\0", "{}", '{"pid":"x"}']) {
    await writeFile(path, content);
    await (await taken()).release();
  }
});

test("a process in another container counts as running only while it keeps its lock fresh", async () => {
  const first = await taken();
  const [name] = await lockFiles();
  const path = join(dataDirectory, "locks", name ?? "");
  const identity = JSON.parse(await readFile(path, "utf8"));
  await first.release();
  const foreign = JSON.stringify({ ...identity, pid: 2 ** 22 + 5, id: "ab14", namespace: "pid:[1]" });
  await writeFile(path, foreign);
  const beats = setInterval(() => void writeFile(path, foreign), 500);
  expect(await take()).toMatchObject({ outcome: "held" });
  clearInterval(beats);
  await (await taken()).release();
}, 30_000);

test("those who died while they broke a lock stop nobody", async () => {
  const crashed = await startTaker();
  await crashed.take(folder);
  const other = await startTaker();
  await other.take(join(folder, "other"));
  await kill(crashed.child);
  await kill(other.child);
  const locks = join(dataDirectory, "locks");
  const identities = await Promise.all(
    (await lockFiles()).map(async (name) => JSON.parse(await readFile(join(locks, name), "utf8"))),
  );
  for (const [index, { id }] of identities.entries()) {
    const breaker = identities[1 - index];
    await writeFile(join(locks, `break-${id}`), JSON.stringify({ ...breaker, id: `ab2${index}` }));
  }
  await (await taken()).release();
  await (await taken(join(folder, "other"))).release();
});
