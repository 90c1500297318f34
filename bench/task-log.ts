/** How fast a task log is read and added to: 50,000 entries in 10 MB, whole and broken. Run: node bench/task-log.ts */
import { createHash } from "node:crypto";
import { appendTaskLogEntry } from "../shared/codex-format/task-log/append-task-log-entry.ts";
import { compareTaskLogHistory } from "../shared/codex-format/task-log/compare-task-log-history.ts";
import { composeTaskLogEntry } from "../shared/codex-format/task-log/compose-task-log-entry.ts";
import { nextTaskId } from "../shared/codex-format/task-log/next-task-id.ts";
import { readTaskLog } from "../shared/codex-format/task-log/read-task-log.ts";
import { repairTaskLog } from "../shared/codex-format/task-log/repair-task-log.ts";
import { seenOf } from "../shared/codex-format/task-log/seen-of.ts";

const ENTRIES = 50_000;
const ROUNDS = 7;
const FILE = "TASK-LOG.json";

const digest = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

function makeEntry(index: number): object {
  return {
    ...{ agent: "frontend_specialist", task_id: `task-${index}`, date: "2025-06-25" },
    ...{ summary: `Added page ${index} to the side bar.`, output_files: [`apps/studio/${index}/page.tsx`] },
  };
}

/** The median of the rounds, in milliseconds. */
function median(run: () => unknown): string {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return (times.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0).toFixed(1);
}

const entries = Array.from({ length: ENTRIES }, (_, index) => makeEntry(index));
const file = Buffer.from(`${JSON.stringify(entries, undefined, 2)}\n`);
const broken = Buffer.from(`${JSON.stringify(entries, undefined, 2).slice(0, -1)},\n]\n`);
const lines = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
const reformatted = Buffer.from(JSON.stringify(entries));
const log = readTaskLog(file, FILE);
const reformattedLog = readTaskLog(reformatted, FILE);
const before = { seen: seenOf(file, log, digest), copy: file, fileName: FILE };
const entry = composeTaskLogEntry({
  ...{ taskId: nextTaskId(log, []), agent: "planner", date: "2025-07-01", summary: "Proposed three tasks." },
  ...{ outputFiles: [".codex/PROPOSED-TASKS.md"], at: "2025-07-01T09:14:03.120Z", runId: "01JZ2Y7M3W8Q4K6T9V5X1C0B2D" },
});
const refs = (): number =>
  readTaskLog(file, FILE, digest).items.filter((item) => "ref" in item && item.ref !== "").length;

console.log(`task-log: ${(file.length / 1e6).toFixed(1)} MB, ${ENTRIES} entries, median of ${ROUNDS}`);
console.log(`read                      ${median(() => readTaskLog(file, FILE))} ms (target ≤ 300)`);
console.log(`read and all references   ${median(refs)} ms`);
console.log(`read JSON Lines           ${median(() => readTaskLog(lines, "TASK-LOG.jsonl"))} ms`);
console.log(`read broken               ${median(() => readTaskLog(broken, FILE))} ms (target ≤ 1000)`);
console.log(`append                    ${median(() => appendTaskLogEntry(file, FILE, entry))} ms (reads it first)`);
console.log(`append to what is read    ${median(() => appendTaskLogEntry(file, FILE, entry, log))} ms`);
console.log(`repair                    ${median(() => repairTaskLog(broken, FILE))} ms`);
console.log(`history, unchanged        ${median(() => compareTaskLogHistory(before, file, log, digest))} ms`);
console.log(
  `history, reformatted      ${median(() => compareTaskLogHistory(before, reformatted, reformattedLog, digest))} ms`,
);
