/** The task log, killed before its N-th call of one kind, at random, and with calls that fail. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inNewPlace, noStraceReason, type Place, runScenario, type ScenarioRun, several } from "./crash-rig.ts";
import { openScenarioLog } from "./open-scenario-log.ts";

const isWhole = process.env["FOLIO_CRASH_POINTS"] === "all";
const reason = noStraceReason();
if (reason !== undefined) console.warn(`Crash points of the task log skipped: ${reason}`);

const program = new URL("./task-log-scenario.ts", import.meta.url).pathname;
const OLD = '[\n  {\n    "task_id": "task-045",\n    "summary": "Old."\n  },\n  {\n    "task_id": "task-045"\n  }\n]\n';
const PREFIX = OLD.slice(0, OLD.lastIndexOf("}") + 1);

async function crash(options: Omit<Parameters<typeof runScenario>[1], "program">) {
  return inNewPlace(async (place) => {
    mkdirSync(join(place.workspace, ".codex"));
    writeFileSync(join(place.workspace, ".codex/TASK-LOG.json"), OLD);
    const run = await runScenario(place, { ...options, program });
    const losses = await findLogLosses(place, run);
    return { run, losses: losses.map((loss) => `${JSON.stringify(options)}: ${loss}\n${run.errors}`) };
  });
}

/** What is wrong after a crash: an entry that was acknowledged and is gone, one that is there twice, other old bytes. */
async function findLogLosses(place: Place, run: ScenarioRun): Promise<string[]> {
  const losses: string[] = [];
  const path = join(place.workspace, ".codex/TASK-LOG.json");
  const found = readFileSync(path, "utf8");
  if (!found.startsWith(PREFIX)) losses.push(`the old bytes are others: ${found.slice(0, 80)}`);
  const { log, close } = openScenarioLog(place.workspace, place.data);
  const before = await log.open();
  if (before.log.level === 3 && before.log.items.some((item) => item.kind === "invalid")) losses.push("half an entry");
  if (before.log.level === 3) await log.repair({ base: before.revision ?? "" });
  const tried = run.lines.flatMap(({ event, key }) => (event === "try" && key !== undefined ? [key] : []));
  const done = new Set(run.lines.flatMap(({ event, key }) => (event === "done" && key !== undefined ? [key] : [])));
  await log.flush();
  const after = (await log.entries()).map(({ ref }) => ref);
  for (const runId of done) if (!after.includes(runId)) losses.push(`${runId} was acknowledged and is lost`);
  for (const runId of tried) {
    if (after.filter((ref) => ref === runId).length > 1) losses.push(`${runId} is there twice`);
    // Asked again, as whoever was not answered asks.
    await log.appendEntry({ agent: "a", summary: "Again.", outputFiles: [], runId, at: "2026-05-06T10:00:00.000Z" });
  }
  const entries: { task_id: string; run_id?: string }[] = JSON.parse(readFileSync(path, "utf8"));
  const ours = entries.flatMap(({ run_id }) => run_id ?? []);
  if (ours.toSorted().join() !== tried.join()) losses.push(`the log holds ${ours.join()} of ${tried.join()}`);
  const ids = entries.slice(2).map(({ task_id }) => task_id);
  if (new Set(ids).size !== ids.length) losses.push(`an id was given twice: ${ids.join()}`);
  const left = readdirSync(place.workspace, { recursive: true, encoding: "utf8" });
  if (left.some((name) => name.includes(".folio-tmp-"))) losses.push(`left behind: ${left.join()}`);
  await close();
  return losses;
}

/** How far the N are apart by default, and how many there are at most. */
const CALLS: readonly (readonly [call: string, gap: number])[] = [
  ["openat", 60],
  ["write", 150],
  ["pwrite64", 4],
  ["fsync", 6],
  ["rename", 2],
  ["unlink", 7],
  ["link", 5],
];

describe.skipIf(reason !== undefined)("the task log, killed at any point", () => {
  test.each(CALLS)(
    "before %s: old or new, what was acknowledged is there once, and asking again adds nothing",
    async (...row) => {
      const [call, gap] = row;
      const step = isWhole ? 1 : gap;
      for (let first = 1, isEnded = false; !isEnded; first += step * 3) {
        const numbers = [first, first + step, first + 2 * step];
        const results = await several(numbers, (number) => crash({ inject: [`${call}:signal=KILL:when=${number}`] }));
        expect(results.flatMap(({ losses }) => losses)).toEqual([]);
        isEnded = results.some(({ run }) => run.outcome === "end");
      }
    },
    1_800_000,
  );

  test.each(["rename:error=ENOSPC", "fsync:error=EIO", "pwrite64:error=ENOSPC", "openat:error=EMFILE"])(
    "%s: what is acknowledged is there, what is not can be asked for again",
    async (fault) => {
      const numbers = isWhole ? Array.from({ length: 30 }, (_, index) => `${index + 1}`) : ["1", "3", "6", "9"];
      const results = await several(numbers, (when) => crash({ inject: [`${fault}:when=${when}`] }));
      expect(results.flatMap(({ losses }) => losses)).toEqual([]);
    },
    1_800_000,
  );
});

test("killed at random, nothing is lost and nothing is there twice", async () => {
  const times = Array.from({ length: isWhole ? 60 : 12 }, () => Math.random() * 250);
  const results = await several(times, (killAfterMs) => crash({ killAfterMs }));
  expect(results.flatMap(({ losses }) => losses)).toEqual([]);
}, 1_800_000);
