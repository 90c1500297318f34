import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandPlace, makeCommandPlace, removeCommandPlace, runFolio } from "./run-folio.ts";

const PROGRAM = join(import.meta.dirname, "append-many.ts");
/** With what the origin's tools left: a comma on its own line, an id twice, an entry without an agent. */
const OLD =
  '[\n  {\n    "agent": "a",\n    "task_id": "task-045",\n    "date": "2025-06-27",\n    "summary": "x",\n    "output_files": ["[slug]/p.tsx"]\n  }\n' +
  ',\n  {\n    "task_id": "task-045",\n    "date": "2025-06-27",\n    "summary": "y",\n    "output_files": []\n  }\n]\n';

let place: CommandPlace;

beforeEach(() => {
  place = makeCommandPlace();
});
afterEach(() => removeCommandPlace(place));

interface Written {
  readonly task_id: string;
  readonly run_id: string;
  readonly summary: string;
}

function readNew(): readonly Written[] {
  const text = readFileSync(join(place.folder, ".codex/TASK-LOG.json"), "utf8");
  expect(text.startsWith(OLD.slice(0, OLD.lastIndexOf("}") + 1))).toBe(true);
  return (JSON.parse(text) as Written[]).slice(2);
}

test("8 processes with 50 entries each: 400 new ones, each with ids of its own, behind the old bytes", async () => {
  place.put(".codex/TASK-LOG.json", OLD);
  const run = async (name: string) => {
    const child = spawn(process.execPath, [PROGRAM, place.folder, place.data, "50", name], { stdio: "inherit" });
    return (await once(child, "exit"))[0] as number;
  };
  const names = Array.from({ length: 8 }, (_, index) => `process_${index}`);
  expect(await Promise.all(names.map(run))).toEqual(names.map(() => 0));
  const entries = readNew();
  expect(entries).toHaveLength(400);
  expect(new Set(entries.map((entry) => entry.run_id)).size).toBe(400);
  expect(entries.map((entry) => entry.task_id)).toEqual(
    entries.map((_, index) => `task-${String(46 + index).padStart(3, "0")}`),
  );
  for (const name of names) {
    const own = entries.filter(({ summary }) => summary.startsWith(`${name} `)).map(({ summary }) => summary);
    expect(own).toEqual(Array.from({ length: 50 }, (_, index) => `${name} ${index + 1}`));
  }
  expect(readdirSync(join(place.folder, ".codex"))).toEqual(["TASK-LOG.json"]);
}, 600_000);

test("the real command, many at a time", async () => {
  place.put(".codex/TASK-LOG.json", OLD);
  const words = Array.from({ length: 12 }, (_, index) => `number ${index}`);
  const ran = await Promise.all(
    words.map((summary) => runFolio(place, ["log", "append", ".", "--agent", "cli", "--summary", summary])),
  );
  expect(ran.map(({ code, err }) => `${code} ${err}`)).toEqual(words.map(() => "0 "));
  const entries = readNew();
  expect(entries.map(({ summary }) => summary).sort()).toEqual(words.toSorted());
  expect(new Set(entries.map((entry) => entry.task_id)).size).toBe(12);
  expect(JSON.parse((await runFolio(place, ["log", "check", "--json"])).out)).toMatchObject({
    entries: 14,
    history: "same",
  });
}, 600_000);
