/**
 * The program that the crash tests of the task log kill: appends, breaks the log, lets entries wait, repairs, appends.
 * `node task-log-scenario.ts WORKSPACE DATA`; begins with a line on standard input.
 */
import { writeSync } from "node:fs";
import { rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openScenarioLog } from "./open-scenario-log.ts";
import type { ScenarioLine } from "./scenario-line.ts";

const [workspace = "", data = ""] = process.argv.slice(2);
const say = (line: ScenarioLine) => writeSync(1, `${JSON.stringify(line)}\n`);

async function main(): Promise<void> {
  // Wakes the one thread that all file calls of this process run on, so that it can be traced.
  await stat(workspace);
  say({ event: "ready" });
  await new Promise((resolve) => process.stdin.once("data", resolve));
  const { log, close } = openScenarioLog(workspace, data);
  let count = 0;
  const append = async () => {
    count += 1;
    const runId = `01JZ2Y7M3W8Q4K6T9V5X1C${String(count).padStart(4, "0")}`;
    say({ event: "try", key: runId });
    try {
      const at = "2026-05-06T10:00:00.000Z";
      await log.appendEntry({ agent: "a", summary: `Entry ${count}.`, outputFiles: [], runId, at });
      say({ event: "done", key: runId });
    } catch (error) {
      say({ event: "failed", key: runId, code: String(error) });
    }
  };
  await append();
  await append();
  const path = join(workspace, ".codex/TASK-LOG.json");
  const { bytes } = await log.open();
  // As a person or a merge breaks it: the bracket is gone.
  const broken = join(data, "broken");
  await writeFile(broken, bytes.subarray(0, bytes.lastIndexOf(0x7d) + 1));
  await rename(broken, path);
  await append();
  await append();
  const { revision = "" } = await log.open();
  await log.repair({ base: revision }).catch((error: unknown) => say({ event: "failed", code: String(error) }));
  await append();
  say({ event: "closing" });
  await close();
  say({ event: "end" });
}

await main();
