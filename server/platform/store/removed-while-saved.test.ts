import { appendFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openFolderStore } from "./folder-store.ts";

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-removed-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(base, { recursive: true, force: true });
});

it("does not remove a file that somebody saves into while it is being compared", async () => {
  const store = openFolderStore({ root: base, locksDirectory: join(base, "locks") });
  const path = join(base, "a.md");
  const before = "a".repeat(2 ** 20);
  await writeFile(path, before);
  const { revision } = await store.read("a.md");
  // The one moment between the reading and the end: the file is read, and its hash is being made.
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "digest").mockImplementationOnce((...args) => {
    appendFileSync(path, ", saved");
    return digest(...args);
  });
  const removed = await store.remove("a.md", revision);
  expect((await readFile(path, "utf8")) === `${before}, saved`).toBe(true);
  expect(removed).toMatchObject({ outcome: "stale", current: { path: "a.md" } });
});
