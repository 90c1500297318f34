import type { RunReason } from "../../shared/agents.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { RunRecord } from "./run-record.ts";
import type { StudioLogEntry } from "./studio-files.ts";

const longestSummary = 500;
/** What the model says of its text is not all that was written. */
const editedNote = "(Changed by a person before it was accepted.)";

/** The entry that tells of a run. Folio is the author of agent, id, date and files; only the words are the model's. */
export function logEntryOf(record: RunRecord, at: string): StudioLogEntry {
  const { id, input, status, chain, proposal, feedback, reason } = record;
  const isRefused = status === "refused" || status === "failed";
  return {
    agent: input.agent.key,
    summary: isRefused ? refusalSummary(status, reason) : summaryOf(record),
    outputFiles: isRefused ? [] : [input.target.path],
    ...(isRefused ? { status } : {}),
    ...(proposal === undefined ? {} : { proposal }),
    ...(feedback === undefined || feedback.length === 0 ? {} : { feedback: feedback.join(", ") }),
    ...(chain?.from === undefined ? {} : { chainedFrom: chain.from }),
    runId: id,
    at,
  };
}

/**
 * Writes the entry that a run owes. Asked again after a crash it writes none twice. A log that cannot take it leaves the
 * debt, which is paid at the next start; what was written into the document stays.
 */
export async function settleLog(context: AgentsContext, owing: RunRecord): Promise<RunRecord> {
  if (owing.owesLog !== true) return owing;
  const entry = logEntryOf(owing, owing.ended ?? context.clock.now().toISOString());
  try {
    const { taskId, ref, text } = await context.files.appendLogEntry(entry);
    const log = { taskId, ref, text };
    const { record } = await context.records.change(owing.id, (now) =>
      now.owesLog === true
        ? { ...now, owesLog: false, log, flags: [...now.flags, ...disbelieved(now, log)] }
        : undefined,
    );
    await linkToVersion(context, record, entry.summary);
    return record;
  } catch (error) {
    context.logger.error("log entry of a run not written", { run: owing.id, error: String(error) });
    const why = error instanceof Error ? error.message : String(error);
    const flag = `The log entry is not written yet: ${why} It is tried again at the next start.`;
    const { record } = await context.records.change(owing.id, (now) =>
      now.flags.includes(flag) ? undefined : { ...now, flags: [...now.flags, flag] },
    );
    return record;
  }
}

/** History says why a version came to be; without it the version is there all the same. */
async function linkToVersion(context: AgentsContext, record: RunRecord, summary: string): Promise<void> {
  const { written, log, input, id } = record;
  if (written === undefined || log === undefined) return;
  try {
    await context.files.linkVersion(input.target.path, written, { taskId: log.taskId, logRef: log.ref, summary });
  } catch (error) {
    context.logger.error("version of a document not linked", { run: id, error: String(error) });
  }
}

/** What the model said of its own entry and is not so. */
function disbelieved(
  { claimed }: RunRecord,
  log: { readonly taskId: string; readonly text: string },
): readonly string[] {
  const flags: string[] = [];
  if (claimed?.taskId !== undefined && claimed.taskId !== log.taskId) {
    flags.push(`The answer calls its task "${oneLine(claimed.taskId)}"; the log says ${log.taskId}.`);
  }
  if (claimed?.date !== undefined && !log.text.includes(JSON.stringify(claimed.date))) {
    flags.push(
      `The answer gives the date as "${oneLine(claimed.date)}"; the log has the day on which it was accepted.`,
    );
  }
  return flags;
}

function summaryOf(record: RunRecord): string {
  const said = oneLine(record.proposed?.summary ?? "");
  const summary = said === "" ? "(no summary given)" : said;
  if (record.decision?.kind !== "accepted" || record.decision.text === record.proposed?.text) return summary;
  const room = longestSummary - editedNote.length - 1;
  return `${[...summary].slice(0, room).join("")} ${editedNote}`;
}

function refusalSummary(status: string, reason: RunReason | undefined): string {
  const word = status === "refused" ? "Refused" : "Failed";
  return oneLine(`${word}: ${reason?.title ?? "no reason given"}`);
}

/** A summary is one line of at most 500 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
  const characters = [...line];
  return characters.length > longestSummary ? `${characters.slice(0, longestSummary - 1).join("")}…` : line;
}
