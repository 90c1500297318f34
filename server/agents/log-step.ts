import type { AgentView } from "../../shared/roster.ts";
import type { AgentsContext } from "./agents-context.ts";
import { canonicalDigest, sha256 } from "./canonical-json.ts";
import type { RecordedInput } from "./run-input.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunRequest } from "./run-request.ts";
import { oneLine, settleLog } from "./settle-log.ts";

/** `task_logger` asked by itself: it needs no model. The goal is the entry's summary. */
export async function recordLogStep(context: AgentsContext, request: RunRequest, agent: AgentView): Promise<RunRecord> {
  const settings = await context.settings.read();
  const now = context.clock.now().toISOString();
  const input: RecordedInput = {
    format: "agent-run-input/1",
    agent: { key: agent.key, raw: agent.raw },
    goal: request.goal,
    target: { path: agent.writes ?? ".codex/TASK-LOG.json", revision: null, text: "" },
    prompt: { sha256: sha256(""), isGenerated: true, text: "" },
    files: [],
    logEntries: [],
    roster: [],
    ran: [agent.key],
    model: { providerId: request.providerId, model: request.model },
    limits: settings.limits,
    messages: [],
  };
  const isScratch = request.isScratch === true;
  const record: RunRecord = {
    format: "agent-run/1",
    id: request.id,
    status: isScratch ? "rejected" : "written",
    started: now,
    ended: now,
    input,
    inputSha256: canonicalDigest(input),
    answer: { text: "", reasoning: "" },
    usage: { ms: 0 },
    proposed: { text: "", summary: oneLine(request.goal), added: 0, removed: 0 },
    notes: [],
    flags: [],
    owesLog: !isScratch,
    ...(isScratch ? { isScratch } : {}),
    ...(request.proposal === undefined ? {} : { proposal: request.proposal }),
    ...(request.feedback === undefined ? {} : { feedback: request.feedback }),
    ...(request.call === undefined ? {} : { call: request.call }),
    ...(request.conversation === undefined ? {} : { conversation: request.conversation }),
  };
  await context.records.add(record);
  const settled = await settleLog(context, record);
  await context.announce(settled);
  return settled;
}
