/** Lets the N-th call of one kind fail, once or from then on: nothing is acknowledged that is not there afterwards. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findLosses, inNewPlace, noStraceReason, runScenario, several } from "./crash-rig.ts";

const isWhole = process.env["FOLIO_CRASH_POINTS"] === "all";
const reason = noStraceReason();
if (reason !== undefined) console.warn(`Error points skipped: ${reason}`);

const FAULTS: readonly (readonly [fault: string, numbers: readonly string[]])[] = [
  ["rename:error=ENOSPC", ["1", "3", "2+"]],
  ["fsync:error=EIO", ["9", "14", "20+"]],
  ["fdatasync:error=EIO", ["1", "3", "6", "4+"]],
  ["fdatasync:error=ENOSPC", ["2", "5+"]],
  ["pwrite64:error=ENOSPC", ["3", "7", "6+"]],
  ["pwrite64:error=EIO", ["2", "6", "5+"]],
  ["openat:error=EMFILE", ["40", "50+"]],
  ["unlink:error=EIO", ["4", "8+"]],
  ["link:error=ENOSPC", ["2", "3+"]],
];

const every = (numbers: readonly string[]) =>
  isWhole ? Array.from({ length: 60 }, (_, index) => [`${index + 1}`, `${index + 1}+`]).flat() : numbers;

const fail = (fault: string, when: string) =>
  inNewPlace(async (place) => {
    const run = await runScenario(place, { rounds: 2, inject: [`${fault}:when=${when}`] });
    const losses = await findLosses(place, run);
    // A journal that cannot even be opened ends the start; once something is being done, nothing ends the process.
    const hasBegun = run.lines.some(({ event }) => event === "try");
    if (hasBegun && run.outcome !== "end") losses.push(`the process ended: ${run.errors}`);
    return losses.map((loss) => `${fault} ${when}: ${loss}`);
  });

describe.skipIf(reason !== undefined)("a call that fails", () => {
  test.each(FAULTS)(
    "%s: the process goes on and tells no lie",
    async (fault, numbers) => {
      const losses = await several(every(numbers), (when) => fail(fault, when));
      expect(losses.flat()).toEqual([]);
    },
    1_800_000,
  );

  test("after a failed sync the file is given up: what the system dropped is written again elsewhere", async () => {
    await inNewPlace(async (place) => {
      await runScenario(place, { inject: ["fdatasync:error=EIO:when=4"] });
      const directory = join(place.data, "journal");
      const files = readdirSync(directory).map((name) => readFileSync(join(directory, name), "utf8"));
      expect(files.filter((text) => text.includes('"abandoned"'))).toHaveLength(1);
    });
  });
});
