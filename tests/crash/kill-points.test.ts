/**
 * Kills the scenario right before its N-th call of one kind, for N = 1, 2, … until it ends untouched. By default with
 * gaps between the N, to keep the run short; FOLIO_CRASH_POINTS=all leaves none out.
 */
import { describe, expect, test } from "vitest";
import { AT_ONCE, findLosses, inNewPlace, noStraceReason, runScenario } from "./crash-rig.ts";

const isWhole = process.env["FOLIO_CRASH_POINTS"] === "all";
const reason = noStraceReason();
if (reason !== undefined) console.warn(`Crash points skipped: ${reason}`);

/** Each call that changes what is on disk, how far the N are apart by default, and the least number of kills. */
const CALLS: readonly (readonly [call: string, gap: number, atLeast: number])[] = [
  ["openat", 26, 3],
  ["mkdir", 8, 1],
  ["pwrite64", 8, 2],
  ["write", 110, 2],
  ["fsync", 12, 3],
  ["fdatasync", 7, 2],
  ["rename", 4, 2],
  ["unlink", 7, 2],
  ["link", 5, 2],
];

const crash = (call: string, number: number) =>
  inNewPlace(async (place) => {
    const run = await runScenario(place, { rounds: 2, inject: [`${call}:signal=KILL:when=${number}`] });
    const losses = await findLosses(place, run);
    return { outcome: run.outcome, report: losses.map((loss) => `${call} ${number}: ${loss}`) };
  });

describe.skipIf(reason !== undefined)("killed at any point", () => {
  test.each(CALLS)(
    "before %s: old or new, never a mixture, and what was acknowledged is there",
    async (...row) => {
      const [call, gap, atLeast] = row;
      const step = isWhole ? 1 : gap;
      let kills = 0;
      for (let number = 1, isEnded = false; !isEnded; number += step * AT_ONCE) {
        const numbers = Array.from({ length: AT_ONCE }, (_, index) => number + index * step);
        const results = await Promise.all(numbers.map((one) => crash(call, one)));
        expect(results.flatMap(({ report }) => report)).toEqual([]);
        kills += results.filter(({ outcome }) => outcome === "killed").length;
        isEnded = results.some(({ outcome }) => outcome === "end");
      }
      expect(kills).toBeGreaterThanOrEqual(atLeast);
    },
    1_800_000,
  );
});
