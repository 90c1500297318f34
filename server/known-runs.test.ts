import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AgentRunSummary } from "../shared/agents.ts";
import { openKnownRuns } from "./known-runs.ts";
import { memoryEventLog } from "./platform/events/memory-event-log.ts";
import { openFolderStore } from "./platform/store/folder-store.ts";

const id = (letter: string) => letter.repeat(26);

test("knows the records that are there, runs that begin, and after a while those of other processes", async () => {
  const base = await mkdtemp(join(tmpdir(), "folio-known-runs-"));
  await mkdir(join(base, "data/agent-runs"), { recursive: true });
  await writeFile(join(base, "data/agent-runs", `${id("A")}.json`), "{}");
  const own = openFolderStore({ root: join(base, "data"), locksDirectory: join(base, "locks") });
  const log = memoryEventLog("test");
  const runs = await openKnownRuns(own, log);
  expect([runs.has(id("A")), runs.has(id("B"))]).toEqual([true, false]);
  const run: AgentRunSummary = {
    id: id("B"),
    agent: "planner",
    goal: "g",
    status: "running",
    started: "x",
    target: ".codex/PRD.md",
    model: { providerId: "p", model: "m" },
    usage: { ms: 0 },
  };
  log.append("workspace", { type: "agent-run-changed", run });
  expect(runs.has(id("B"))).toBe(true);
  await writeFile(join(base, "data/agent-runs", `${id("C")}.json`), "{}");
  await expect.poll(() => runs.has(id("C")), { timeout: 15_000 }).toBe(true);
  runs.close();
  await own.close();
  await rm(base, { recursive: true });
});
