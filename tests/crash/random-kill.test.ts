/** kill -9 at instants that nobody chose, several times in the same place. */
import { expect, test } from "vitest";
import { findLosses, inNewPlace, runScenario, type ScenarioRun } from "./crash-rig.ts";

const KILLS = process.env["FOLIO_CRASH_POINTS"] === "all" ? 200 : 8;

test("kill -9 at random instants loses nothing that was acknowledged", async () => {
  await inNewPlace(async (place) => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const killAfterMs = 20 + Math.random() * 400;
      const run: ScenarioRun = await runScenario(place, { rounds: 100_000, killAfterMs });
      expect(run.errors).toBe("");
      expect({ killAfterMs, losses: await findLosses(place, run) }).toEqual({ killAfterMs, losses: [] });
    }
  });
}, 600_000);
