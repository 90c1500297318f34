import { isRepositoryPath } from "../../../shared/codex-format/task-log/repository-path.ts";
import type { TaskLogEntryItem } from "../../../shared/codex-format/task-log/task-log.ts";
import { LONGEST_AGENT } from "../../../shared/codex-format/task-log/validate-new-entry.ts";
import { Problem } from "../../platform/problem.ts";
import { ulidFromDigest } from "../../platform/ulid.ts";
import type { NewLogEntry } from "../task-log-port.ts";
import { appendEntries } from "./append-entries.ts";
import { digest, hexDigest } from "./digest.ts";
import { draftEntry } from "./log-entry.ts";
import type { LogParts } from "./log-parts.ts";

const LONGEST_SUMMARY = 500;

function fittedName(agent: string): string {
  const line = agent.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
  return [...line].slice(0, LONGEST_AGENT).join("").trim() || "unknown";
}

/**
 * Appends entries again that the log held when it was last seen, each as a new one that supersedes the lost one. The
 * same entry of the same log is restored once, however often it is asked.
 * @throws Problem 404 when one of them was not in the log; as `appendEntries`
 */
export async function restoreEntries(parts: LogParts, refs: readonly string[]): Promise<{ readonly appended: number }> {
  const open = await parts.reader.read();
  const before = await parts.history.lastSeen(open.path);
  const seen = before === undefined ? "" : hexDigest(before.bytes);
  const at = parts.clock.now().toISOString();
  const drafts = [...new Set(refs)].map((ref) => {
    const item = before?.log.items[before.lookups.refs().get(ref) ?? -1];
    if (item?.kind !== "entry")
      throw new Problem("not-found", 404, "That entry is not in the log as it was last seen.");
    const runId = ulidFromDigest(digest(Buffer.from(`restored ${ref} ${seen}`)));
    return draftEntry({ ...contentOf(item), supersedes: ref, runId, at });
  });
  const appended = await appendEntries(parts, drafts);
  return { appended: appended.length };
}

/** What another program wrote may be more than an entry of ours can say: it is fitted, the lost one stays in the diff. */
function contentOf({ shown }: TaskLogEntryItem): Omit<NewLogEntry, "runId" | "at" | "supersedes"> {
  const { agent = "unknown", summary = "", outputFiles, status, proposal, feedback, chainedFrom } = shown;
  const line = [...summary.replaceAll(/[\n\r\u0085\u2028\u2029]+/g, " ").trim()].slice(0, LONGEST_SUMMARY).join("");
  return {
    agent: fittedName(agent),
    summary: line === "" ? "(no summary given)" : line,
    outputFiles: outputFiles.filter(isRepositoryPath),
    ...(status === "failed" || status === "refused" ? { status } : {}),
    ...(proposal !== undefined && { proposal }),
    ...(feedback !== undefined && { feedback }),
    ...(chainedFrom !== undefined && { chainedFrom }),
  };
}
