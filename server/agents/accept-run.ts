import type { AcceptRun } from "../../shared/agents.ts";
import { agentWriteRefusal } from "../../shared/codex-format/documents/agent-writable.ts";
import { Problem } from "../platform/problem.ts";
import { isCoveredByRule } from "./agent-settings.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { RunDecision, RunRecord } from "./run-record.ts";
import { settleLog } from "./settle-log.ts";

type Accepted = Extract<RunDecision, { kind: "accepted" }>;

/**
 * Writes what a run proposes, as the person left it, if the document still is what the diff was made from; then the log
 * entry. The decision is durable first, so that a crash in between is finished at the next start, once.
 * @throws Problem 409 `stale` with `facts.revision` (another document now: compare again) or `facts.status` (decided)
 */
export async function acceptRun(context: AgentsContext, id: string, asked: AcceptRun): Promise<RunRecord> {
  return decide(context, id, { base: asked.base, ...(asked.text === undefined ? {} : { text: asked.text }) });
}

/** Accepts by itself what a rule of the person's covers; a document that has changed meanwhile waits for the person. */
export async function acceptByRule(context: AgentsContext, record: RunRecord): Promise<void> {
  const { agent, target } = record.input;
  if (!isCoveredByRule(await context.settings.read(), agent.key, target.path)) return;
  try {
    await decide(context, record.id, { base: target.revision, byRule: true });
  } catch (error) {
    context.logger.info("a rule did not write", { run: record.id, error: String(error) });
  }
}

interface Asked {
  readonly base: string | null;
  readonly text?: string;
  readonly byRule?: boolean;
}

/** One after the other for each run, so that a second request sees what the first has come to. */
async function decide(context: AgentsContext, id: string, asked: Asked): Promise<RunRecord> {
  for (let before = context.deciding.get(id); before !== undefined; before = context.deciding.get(id)) {
    await before.catch(() => undefined);
  }
  const deciding = decideAlone(context, id, asked).finally(() => context.deciding.delete(id));
  context.deciding.set(id, deciding);
  return deciding;
}

async function decideAlone(context: AgentsContext, id: string, asked: Asked): Promise<RunRecord> {
  const at = context.clock.now().toISOString();
  const { record, isChanged } = await context.records.change(id, (waiting) => {
    if (waiting.status !== "waiting" || waiting.decision !== undefined || waiting.proposed === undefined)
      return undefined;
    const text = asked.text ?? waiting.proposed.text;
    const isEdited = text !== waiting.proposed.text;
    const byRule = asked.byRule === true ? { byRule: true } : {};
    return {
      ...waiting,
      decision: { kind: "accepted", at, base: asked.base, text, isEdited, ...byRule },
      owner: context.owner,
    };
  });
  const { decision } = record;
  if (decision?.kind !== "accepted") throw decided(record);
  if (isChanged) return followed(context, await writeAccepted(context, record, decision));
  // The document could be written and the record could not: a full disk that has space again.
  const isLeft = record.status === "waiting" && record.owner?.id === context.owner.id;
  if (isLeft) return followed(context, await finishAccept(context, record));
  const isSame = record.status === "written" && decision.text === (asked.text ?? record.proposed?.text);
  if (isSame) return record;
  throw decided(record);
}

async function followed(context: AgentsContext, record: RunRecord): Promise<RunRecord> {
  if (record.status === "written") await context.followUp(record);
  return record;
}

/** The second half of an accept; recovery begins here too. @throws Problem */
async function writeAccepted(context: AgentsContext, record: RunRecord, decision: Accepted): Promise<RunRecord> {
  const { agent, target } = record.input;
  const summary = record.proposed?.summary ?? "";
  const by = { agent: agent.key, runId: record.id, summary };
  let revision: string;
  try {
    const refusal = agentWriteRefusal(target.path);
    if (refusal !== undefined) throw new Problem("forbidden", 403, `${target.path} is not written. ${refusal}`);
    const result = await context.files.write({ path: target.path, text: decision.text, base: decision.base, by });
    if (result.outcome === "stale") throw staleDocument(target.path, result.revision);
    ({ revision } = result);
  } catch (error) {
    await takeBack(context, record.id);
    throw error;
  }
  // From here on the document is written: what fails now is finished at the next start.
  return markWritten(context, record.id, revision);
}

/** The document holds what was accepted: the rest is the log entry, and whoever comes next. */
async function markWritten(context: AgentsContext, id: string, revision: string): Promise<RunRecord> {
  const ended = context.clock.now().toISOString();
  const { record } = await context.records.change(id, ({ owner: _, ...waiting }) => ({
    ...waiting,
    status: "written",
    ended,
    written: revision,
    owesLog: true,
  }));
  const settled = await settleLog(context, record);
  await context.announce(settled);
  return settled;
}

/** Accepted, and perhaps written: the document itself tells. */
export async function finishAccept(context: AgentsContext, record: RunRecord): Promise<RunRecord> {
  const { decision, input } = record;
  if (decision?.kind !== "accepted") return record;
  const now = await context.files.read(input.target.path);
  if ((now?.revision ?? null) === decision.base) {
    return writeAccepted(context, record, decision);
  }
  if (now !== undefined && plain(now.text) === plain(decision.text)) {
    return markWritten(context, record.id, now.revision);
  }
  const flag = "Folio ended while this was being written, and the document has changed since: compare again.";
  const { record: waiting } = await context.records.change(record.id, ({ decision: _, owner: __, ...rest }) => ({
    ...rest,
    flags: [...rest.flags, flag],
  }));
  await context.announce(waiting);
  return waiting;
}

/** A write keeps the mark and the line ends of the file that it replaces. */
function plain(text: string): string {
  return text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
}

/** Nothing was written: the run waits for the person again. */
async function takeBack(context: AgentsContext, id: string): Promise<void> {
  const { record } = await context.records.change(id, ({ decision: _, owner: __, ...waiting }) =>
    waiting.status === "waiting" ? waiting : undefined,
  );
  await context.announce(record);
}

export async function rejectRun(context: AgentsContext, id: string, why: string | undefined): Promise<RunRecord> {
  const at = context.clock.now().toISOString();
  const { record, isChanged } = await context.records.change(id, (waiting) => {
    if (waiting.status !== "waiting" || waiting.decision !== undefined) return undefined;
    const decision: RunDecision = { kind: "rejected", at, ...(why === undefined ? {} : { reason: why }) };
    return { ...waiting, status: "rejected", ended: at, decision };
  });
  if (!isChanged && record.status !== "rejected") throw decided(record);
  if (!isChanged) return record;
  await context.announce(record);
  await context.followUp(record);
  return record;
}

function staleDocument(path: string, revision: string | undefined): Problem {
  return new Problem("stale", 409, `${path} has changed since the diff was made. Nothing was written.`, {
    detail: "Compare with what is there now, then accept again.",
    facts: revision === undefined ? {} : { revision },
  });
}

function decided(record: RunRecord): Problem {
  const words = record.decision === undefined ? record.status : "being decided elsewhere";
  const status = record.status === "waiting" ? words : record.status;
  return new Problem("stale", 409, `This run waits for nobody any more: it is ${status}. Nothing was changed.`, {
    facts: { status: record.status },
  });
}
