import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makePlaces, type Places, RunningFolio, removePlaces } from "../program/running-folio.ts";
import { runFolio } from "./run-folio.ts";

let places: Places;
let folio: RunningFolio;

beforeEach(async () => {
  places = await makePlaces();
  folio = await RunningFolio.start(places);
});
afterEach(async () => {
  await folio.stop();
  await removePlaces(places);
});

test("the command line and a running server append to one log", async () => {
  const page = await folio.signIn();
  mkdirSync(places.folder, { recursive: true });
  const place = { base: places.base, folder: places.folder, data: places.data, put: () => undefined };
  const summaries = Array.from({ length: 8 }, (_, index) => `Entry ${index}.`);
  const all = summaries.map(async (summary, index) => {
    if (index % 2 === 0) return runFolio(place, ["log", "append", "--agent", "cli", "--summary", summary]);
    return page.json("POST", "/api/task-log/entries", { agent: "page", summary, outputFiles: [] });
  });
  await Promise.all(all);
  const entries = JSON.parse(readFileSync(join(places.folder, ".codex/TASK-LOG.json"), "utf8"));
  expect(entries.map(({ summary }: { summary: string }) => summary).toSorted()).toEqual(summaries);
  expect(new Set(entries.map(({ task_id }: { task_id: string }) => task_id)).size).toBe(8);
  const check = await runFolio(place, ["log", "check", "--json"]);
  expect(JSON.parse(check.out)).toMatchObject({ entries: 8, problems: 0, history: "same" });
});
