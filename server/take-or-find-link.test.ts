import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeFolder } from "./platform/store/folder-lock.ts";
import { takeOrFindLink } from "./take-or-find-link.ts";

let base: string;
let told: number[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-take-"));
  await mkdir(join(base, "folder"));
  told = [];
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function takeFirst() {
  const first = await takeFolder({ folder: join(base, "folder"), dataDirectory: join(base, "data"), info: {} });
  if (first.outcome !== "taken") throw new Error("The folder is held by another test.");
  return first;
}

/** Time goes on by `stepMs` with each look; `onLook` hears of each, from 0. */
function second(stepMs: number, onLook: (count: number) => void = () => undefined) {
  let looks = 0;
  const monotonic = (): number => {
    onLook(looks);
    looks += 1;
    return looks * stepMs;
  };
  const waiting = { monotonic, lookEveryMs: 1, onWaiting: (pid: number) => void told.push(pid) };
  return takeOrFindLink(join(base, "folder"), join(base, "data"), waiting);
}

it("finds the link of a start that takes its time, and says once that it waits", async () => {
  const first = await takeFirst();
  const found = await second(500, (count) => {
    if (count === 50) void first.update({ link: "http://127.0.0.1:1/#launch=x" });
  });
  expect(found).toMatchObject({ outcome: "held", by: { link: "http://127.0.0.1:1/#launch=x", pid: process.pid } });
  expect(told).toEqual([process.pid]);
  await first.release();
});

it("takes the folder when the first start ends without a link", async () => {
  const first = await takeFirst();
  const taken = await second(10, (count) => {
    if (count === 50) void first.release();
  });
  expect(taken.outcome).toBe("taken");
  expect(told).toEqual([]);
  if (taken.outcome === "taken") await taken.release();
});

it("does not wait for ever", async () => {
  const first = await takeFirst();
  expect(await second(1000)).toEqual({ outcome: "held", by: { pid: process.pid } });
  await first.release();
});
