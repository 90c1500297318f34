import type { AgentRunView } from "../../shared/agents.ts";
import type { AgentsContext } from "./agents-context.ts";
import { inputView } from "./run-input.ts";
import { type RunRecord, summaryOf } from "./run-record.ts";
import { logEntryOf } from "./settle-log.ts";

/** A run as the page shows it now: the answer as far as it came, the diff against what the document is at this moment. */
export async function runView(context: AgentsContext, record: RunRecord): Promise<AgentRunView> {
  // Before anything is read: events from here on are new to whoever gets this.
  const eventId = `${context.log.epoch}-${context.log.last()}`;
  const answer = context.live.get(record.id)?.answer() ?? record.answer;
  const change = await changeOf(context, record);
  const logEntry = await logEntryText(context, record);
  return {
    ...summaryOf(record),
    input: inputView(record.input, record.inputSha256),
    text: answer.text,
    ...(answer.reasoning === "" ? {} : { reasoning: answer.reasoning }),
    ...(change === undefined ? {} : { change }),
    ...(logEntry === undefined ? {} : { logEntry }),
    ...(record.next === undefined ? {} : { next: record.next }),
    flags: record.flags,
    eventId,
  };
}

async function changeOf(context: AgentsContext, record: RunRecord): Promise<AgentRunView["change"]> {
  const { proposed, input, decision, notes } = record;
  if (proposed === undefined || input.messages.length === 0) return undefined;
  const { path, revision, text: before } = input.target;
  const after = decision?.kind === "accepted" ? decision.text : proposed.text;
  const base = decision?.kind === "accepted" ? decision.base : revision;
  const change = { path, base, before, after, notes };
  if (record.status !== "waiting" || decision !== undefined) return { ...change, isStale: false };
  // What is no document any more (a link, a folder) is shown as gone; writing there is refused with the reason.
  const now = await context.files.read(path).catch(() => undefined);
  const currentRevision = now?.revision ?? null;
  if (currentRevision === base) return { ...change, isStale: false };
  return { ...change, isStale: true, current: now?.text ?? "", currentRevision };
}

async function logEntryText(context: AgentsContext, record: RunRecord): Promise<string | undefined> {
  if (record.log !== undefined) return record.log.text;
  if (record.status !== "waiting") return undefined;
  try {
    const at = context.clock.now().toISOString();
    return (await context.files.previewLogEntry(logEntryOf(record, at))).text;
  } catch {
    // A log that cannot be read has its own place where that is said.
    return undefined;
  }
}
