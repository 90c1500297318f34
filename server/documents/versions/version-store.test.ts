import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FolderStore, openFolderStore } from "../../platform/store/folder-store.ts";
import { countLines } from "./count-lines.ts";
import { keptVersions } from "./thin-out.ts";
import { createVersionStore, type VersionStore } from "./version-store.ts";

const PRD = ".codex/PRD.md";

let base: string;
let own: FolderStore;
let versions: VersionStore;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-versions-"));
  own = openFolderStore({ root: join(base, "data"), locksDirectory: join(base, "locks") });
  versions = open();
});

afterEach(async () => {
  await own.close();
  await rm(base, { recursive: true });
});

const open = (): VersionStore => createVersionStore(own, () => "2026-01-02T03:04:05.678Z");
const contentOf = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, revision: createHash("sha256").update(bytes).digest("hex") };
};
const agent = { by: "agent", agent: "planner", at: "2026-01-01T00:00:00.000Z" } as const;

test("a write that ended before it was recorded is still whose it was, in the next process", async () => {
  await versions.see(PRD, contentOf("one\n"));
  await versions.intend(PRD, contentOf("one\ntwo\n"), agent);
  const next = open();
  await next.see(PRD, contentOf("one\ntwo\n"));
  expect(await next.list(PRD)).toMatchObject([{ by: "outside" }, { ...agent, added: 1, removed: 0 }]);
});

test("a write that never came is no version, and its text is extra", async () => {
  await versions.see(PRD, contentOf("one\n"));
  await versions.intend(PRD, contentOf("two\n"), agent);
  await versions.see(PRD, contentOf("one\n"));
  await versions.see(PRD, contentOf("three\n"));
  expect(await versions.list(PRD)).toMatchObject([{ by: "outside" }, { by: "outside", added: 1, removed: 1 }]);
});

test("the same version seen by two processes is one, by who wrote it", async () => {
  const other = open();
  await versions.record(PRD, contentOf("one\n"), agent);
  await other.see(PRD, contentOf("one\n"));
  await other.record(PRD, contentOf("two\n"), { by: "outside", at: "x" });
  await versions.record(PRD, contentOf("two\n"), agent);
  versions.forget(PRD);
  expect(await versions.list(PRD)).toMatchObject([agent, agent]);
});

test("a link adds what became known later and changes nothing else", async () => {
  await versions.record(PRD, contentOf("one\n"), agent);
  await versions.link(PRD, contentOf("one\n").revision, { taskId: "task-9", logRef: "r" });
  await versions.link(PRD, "0".repeat(64), { taskId: "task-10" });
  expect(await versions.list(PRD)).toMatchObject([{ ...agent, taskId: "task-9", logRef: "r" }]);
});

test("contents are kept once each and come back byte for byte", async () => {
  const odd = Buffer.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x0d, 0x0a]);
  const revision = createHash("sha256").update(odd).digest("hex");
  for (const content of [{ bytes: odd, revision }, contentOf("x"), { bytes: odd, revision }]) {
    await versions.see(PRD, content);
  }
  expect(Buffer.from((await versions.content(PRD, revision)) ?? [])).toEqual(odd);
  const [folder = ""] = await readdir(join(base, "data", "versions"));
  expect(await readdir(join(base, "data", "versions", folder))).toHaveLength(3);
  expect(await versions.content(PRD, "0".repeat(64))).toBeUndefined();
});

test("of too many versions the older ones are thinned out, and the newest stays", () => {
  const all = Array.from({ length: 900 }, (_, index) => ({
    ...{ revision: String(index), size: 10, added: 0, removed: 0, at: "x" },
    by: "outside" as const,
  }));
  const kept = keptVersions(all, { versions: 500, bytes: 1e9 });
  expect(kept.length).toBeLessThanOrEqual(500);
  expect(kept.at(-1)).toBe(all.at(-1));
  expect(kept.slice(-200)).toEqual(all.slice(-200));
  const numbers = kept.map(({ revision }) => Number(revision));
  expect(numbers).toEqual(numbers.toSorted((left, right) => left - right));
  expect(keptVersions(all, { versions: 500, bytes: 5 })).toEqual([all.at(-1)]);
});

test("lines are counted, moved and hostile ones too", () => {
  expect(countLines("a\nb\nc\n", "a\nx\nc\nd\n")).toEqual({ added: 2, removed: 1 });
  expect(countLines("same\n", "same\n")).toEqual({ added: 0, removed: 0 });
  const [old, now] = [0, 7].map((shift) =>
    Array.from({ length: 60_000 }, (_, index) => `${(index * 7919 + shift) % 60_013}`).join("\n"),
  );
  const { added, removed } = countLines(old ?? "", now ?? "");
  expect(added).toBe(removed);
  expect(added).toBeGreaterThan(0);
});
