import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { journalReserve } from "./journal-reserve.ts";

test("room that is asked for while it is being set aside is given, and not said to be there", async () => {
  const directory = await mkdtemp(join(tmpdir(), "folio-reserve-"));
  try {
    const reserve = journalReserve(directory, 1024 * 1024);
    for (let round = 0; round < 20; round += 1) {
      expect(await Promise.all([reserve.make(), reserve.give()])).toEqual([true, true]);
      expect(existsSync(join(directory, "reserve"))).toBe(false);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});
