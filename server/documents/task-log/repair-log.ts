import { decodeText } from "../../../shared/chat-format/bytes.ts";
import { type RepairedTaskLog, repairTaskLog } from "../../../shared/codex-format/task-log/repair-task-log.ts";
import type { LogRepairPreview, RepairLog } from "../../../shared/task-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { Problem } from "../../platform/problem.ts";
import type { DocumentStore } from "../../platform/store/document-store.ts";
import { flushPending } from "./append-entries.ts";
import type { LogParts } from "./log-parts.ts";
import { type OpenLog, openLog } from "./open-log.ts";

export interface LogRepaired {
  /** Where the broken file is kept, beside the log. */
  readonly backup: string;
  readonly revision: string;
}

type RepairParts = LogParts & { readonly store: DocumentStore };

const LONGEST_TEXT = 200_000;

/** What a repair would make of the log; nothing is written. @throws Problem 409 `stale`, `read-only` */
export async function previewRepair(parts: LogParts, asked: RepairLog): Promise<LogRepairPreview> {
  const { repaired } = await prepare(parts, asked);
  const { report, kept, invalidKept, bytes } = repaired;
  const isWhole = repaired.outcome === "nothing-to-repair";
  const text = decodeText(bytes).slice(0, LONGEST_TEXT);
  return { report: isWhole ? ["The log is whole: there is nothing to repair."] : report, kept, invalidKept, text };
}

/** Keeps the broken file first, then writes the repaired one, then what waits. @throws Problem 409, 400; StoreFailure */
export async function repairLog(parts: RepairParts, asked: RepairLog): Promise<LogRepaired> {
  const { open, repaired } = await prepare(parts, asked);
  if (repaired.outcome === "nothing-to-repair") {
    throw new Problem("bad-request", 400, "The log is whole: there is nothing to repair. Nothing was changed.");
  }
  const backup = await keepBackup(parts.store, open, parts.clock);
  const summary = "Repaired the task log.";
  const written = await parts.write(open.path, repaired.bytes, open.revision, { by: "person", summary });
  if (written.outcome === "stale") throw changedMeanwhile();
  const { path, others } = open;
  const now = openLog({ path, others, bytes: repaired.bytes, revision: written.revision });
  parts.reader.remember(now);
  await parts.onWritten(open, now);
  await flushPending(parts);
  return { backup, revision: (await parts.reader.read()).revision ?? written.revision };
}

async function prepare(
  { reader }: LogParts,
  asked: RepairLog,
): Promise<{ readonly open: OpenLog; readonly repaired: RepairedTaskLog }> {
  const open = await reader.read();
  if (open.revision !== asked.base) throw changedMeanwhile();
  const repaired = repairTaskLog(open.bytes, open.path, { side: asked.sides ?? "both" });
  const isOnlyRead = open.log.level === 1 || open.log.level === 4;
  if (repaired.outcome !== "refused" && !isOnlyRead) return { open, repaired };
  const detail = repaired.report.join(" ") || "Its shape is one that is only read.";
  throw new Problem("read-only", 409, "This log cannot be repaired. Nothing was changed.", { detail });
}

/** A new name each time: what an earlier repair kept is never written over. */
async function keepBackup(store: DocumentStore, open: OpenLog, clock: Clock): Promise<string> {
  const time = clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, "");
  for (let number = 1; ; number += 1) {
    const path = `${open.path}.bak-${time}${number === 1 ? "" : `-${number}`}`;
    const result = await store.write(path, open.bytes, undefined);
    if (result.outcome === "written") return path;
  }
}

function changedMeanwhile(): Problem {
  return new Problem("stale", 409, "The log was changed meanwhile. Nothing was changed; look at it once more.");
}
