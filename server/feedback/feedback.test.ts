import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { FeedbackPage, GiveFeedback } from "../../shared/feedback.ts";
import { systemClock } from "../platform/clock.ts";
import { memoryEventLog } from "../platform/events/memory-event-log.ts";
import { type FolderStore, openFolderStore } from "../platform/store/folder-store.ts";
import { createFeedback, type Feedback } from "./feedback.ts";

let base: string;
let store: FolderStore;
let feedback: Feedback;
let told: number;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "folio-feedback-"));
  store = openFolderStore({ root: join(base, "workspace"), locksDirectory: join(base, "locks") });
  const log = memoryEventLog("epoch");
  told = 0;
  log.subscribe(new Set(["workspace"]), () => {
    told += 1;
  });
  feedback = createFeedback({
    store,
    log,
    clock: systemClock,
    random: randomBytes,
    authorOf: async (conversation, message) =>
      conversation === "c1" && message === "m1" ? { model: "local-7b" } : undefined,
    titleOf: (conversation) => (conversation === "c1" ? "Fix the parser" : undefined),
  });
});

afterEach(async () => {
  await store.close();
  await rm(base, { recursive: true, force: true });
});

const file = (): string => join(base, "workspace", "feedback.jsonl");
const about: GiveFeedback = {
  target: { conversation: "c1", message: "m1" },
  rating: "down",
  reasons: ["wrong", "wrong", "a word of mine"],
  better: "name the file",
};

async function page(query = ""): Promise<FeedbackPage> {
  const response = await feedback.routes.request(`/feedback${query}`);
  expect(response.status).toBe(200);
  return response.json() as Promise<FeedbackPage>;
}

it("writes nothing until somebody says something", async () => {
  expect((await page()).total).toBe(0);
  await expect(readFile(file())).rejects.toThrow("ENOENT");
});

it("adds one line that names the model itself, and keeps what stood there byte for byte", async () => {
  await store.write(
    "feedback.jsonl",
    Buffer.from('not json\r\n{"id":"fb-other1","at":"2026-01-05T10:00:00Z"}'),
    undefined,
  );
  const before = await readFile(file(), "utf8");
  const { id } = await feedback.give(about);
  const after = await readFile(file(), "utf8");
  expect(after.startsWith(before)).toBe(true);
  const line = JSON.parse(after.trimEnd().split("\n").at(-1) ?? "");
  expect(line).toMatchObject({ id, rating: "down", model: "local-7b", reasons: ["wrong", "a word of mine"] });
  expect(Object.keys(line).slice(0, 2)).toEqual(["id", "at"]);
  expect(told).toBe(1);
  const shown = await page();
  expect(shown.items.map(({ kind }) => kind)).toEqual(["feedback", "feedback", "invalid"]);
  expect(shown.counts).toEqual({ up: 0, down: 1, invalid: 1 });
  expect(shown.byReason).toContainEqual({ reason: "wrong", count: 1 });
});

it("refuses feedback on a message that is not there, and writes nothing", async () => {
  const asked = { ...about, target: { conversation: "c1", message: "gone" } };
  await expect(feedback.give(asked)).rejects.toMatchObject({ code: "not-found" });
  expect((await page()).total).toBe(0);
});

it("counts what was replaced or taken back no more, and keeps the lines", async () => {
  const first = await feedback.give(about);
  const second = await feedback.give({ ...about, rating: "up", reasons: [], supersedes: first.id });
  expect((await page()).counts).toMatchObject({ up: 1, down: 0 });
  await feedback.withdraw(second.id);
  expect((await page()).counts).toMatchObject({ up: 0, down: 0 });
  await expect(feedback.withdraw(second.id)).rejects.toMatchObject({ code: "not-found" });
  expect((await readFile(file(), "utf8")).trimEnd().split("\n")).toHaveLength(3);
  expect((await page()).items.every((item) => item.kind === "feedback" && item.isPast === true)).toBe(true);
});

it("loses no line of many writers at once", async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => feedback.give(about)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(20);
  const lines = (await readFile(file(), "utf8")).trimEnd().split("\n");
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(20);
});

it("tells of a change by another program once, and of its own no second time", async () => {
  await feedback.give(about);
  await feedback.changedOutside({ type: "changed", path: "feedback.jsonl" });
  expect(told).toBe(1);
  await writeFile(file(), '{"id":"fb-hand00","at":"2026-01-05T10:00:00Z","rating":"up"}\n', { flag: "a" });
  await feedback.changedOutside({ type: "changed", path: "feedback.jsonl" });
  await feedback.changedOutside({ type: "changed", path: "feedback.jsonl" });
  expect(told).toBe(2);
  expect((await page("?id=fb-hand00")).items).toHaveLength(1);
});

it("answers by rating, reason, conversation and document, and gives many in pieces", async () => {
  await feedback.give(about);
  await feedback.give({
    ...about,
    target: { document: ".codex/PRD.md", revision: "a".repeat(64) },
    rating: "up",
    reasons: [],
  });
  expect((await page("?rating=up")).total).toBe(1);
  expect((await page("?reason=wrong")).total).toBe(1);
  expect((await page("?conversation=c1")).total).toBe(1);
  expect((await page("?document=.codex/PRD.md")).total).toBe(1);
  expect((await page("?count=1&from=1")).items).toHaveLength(1);
});

it("reads feedback by its ids, in the order that was asked for", async () => {
  const [one, two] = [await feedback.give(about), await feedback.give(about)];
  const read = await feedback.read([two.id, "fb-none00", one.id]);
  expect(read.map(({ id }) => id)).toEqual([two.id, one.id]);
});

it("says what it is about: the title of the conversation, read when it is asked for and not kept in the file", async () => {
  await feedback.give(about);
  const [item] = (await page()).items;
  expect(item).toMatchObject({ kind: "feedback", title: "Fix the parser" });
  expect(await readFile(file(), "utf8")).not.toContain("Fix the parser");
});
