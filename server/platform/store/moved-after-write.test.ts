import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { openFolderStore } from "./folder-store.ts";

/** Moves the file away the moment it is another one than before: between our rename and all that follows it. */
const mover = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { statSync, renameSync } = require("node:fs");
  const before = statSync(workerData.file).ino;
  parentPort.postMessage("looks");
  for (;;) {
    if (statSync(workerData.file).ino === before) continue;
    renameSync(workerData.file, workerData.away);
    break;
  }
`;

test("a file that is moved away right after it was replaced has been written", async () => {
  const above = await mkdtemp(join(tmpdir(), "folio-moved-"));
  const store = openFolderStore({ root: join(above, "root"), locksDirectory: join(above, "locks") });
  try {
    for (let round = 0; round < 10; round += 1) {
      const path = `a${round}.chat.md`;
      const [file, away] = [join(above, "root", path), join(above, "root", `${path}.away`)];
      const first = await store.write(path, Buffer.from("first"), undefined);
      if (first.outcome !== "written") throw new Error("not written");
      const worker = new Worker(mover, { eval: true, workerData: { file, away } });
      await new Promise((resolve) => worker.once("message", resolve));
      const gone = new Promise((resolve) => worker.once("exit", resolve));
      const second = await store.write(path, Buffer.from("second"), first.revision);
      await gone;
      expect(second).toMatchObject({ outcome: "written" });
      expect(await readFile(away, "utf8")).toBe("second");
    }
  } finally {
    await store.close();
    await rm(above, { recursive: true });
  }
});
