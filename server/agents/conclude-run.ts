import type { AgentRunStatus, RunReason } from "../../shared/agents.ts";
import { acceptByRule } from "./accept-run.ts";
import type { AgentsContext } from "./agents-context.ts";
import { judgeRun } from "./judge-run.ts";
import type { LiveRun } from "./live-run.ts";
import { priceOf, type RunEnding } from "./run-agent.ts";
import type { RunRecord } from "./run-record.ts";
import { settleLog } from "./settle-log.ts";

export interface EndedRun {
  readonly id: string;
  readonly live: LiveRun;
  readonly ending: RunEnding;
  readonly ms: number;
  /** Why it was aborted, when it was: `stopped`, `shutdown` or `too-slow`. */
  readonly stop: string;
}

type Conclusion = Pick<RunRecord, "status"> &
  Partial<Pick<RunRecord, "reason" | "proposed" | "next" | "notes" | "claimed">>;

/**
 * Decides what a run that has ended comes to, keeps it, and writes the log entry of what was refused or has failed. A
 * run that a person stopped, or that Folio's end broke off, says nothing about the work: it is kept and not logged.
 */
export async function concludeRun(context: AgentsContext, ended: EndedRun): Promise<void> {
  const now = context.clock.now().toISOString();
  const { record, isChanged } = await context.records.change(ended.id, (running) => {
    if (running.status !== "running") return undefined;
    const { owner: _, ...rest } = running;
    const concluded = conclude(context, running, ended);
    const isOver = concluded.status !== "waiting";
    const isLogged = concluded.status === "refused" || concluded.status === "failed";
    const finish = ended.ending.kind === "finished" ? { finish: ended.ending.reason } : {};
    return {
      ...rest,
      ...concluded,
      answer: { ...ended.live.answer(), ...finish },
      usage: usageOf(running, ended),
      flags: flagsOf(ended.live),
      ...(isOver ? { ended: now } : {}),
      ...(isLogged && running.isScratch !== true ? { owesLog: true } : {}),
    };
  });
  context.live.delete(ended.id);
  if (!isChanged) return;
  const settled = await settleLog(context, record);
  await context.announce(settled);
  if (settled.status === "waiting") await acceptByRule(context, settled);
  else await context.followUp(settled);
}

function conclude(context: AgentsContext, record: RunRecord, { live, ending, stop }: EndedRun): Conclusion {
  switch (ending.kind) {
    case "aborted":
      return aborted(stop, record);
    case "failed": {
      const { code, title, said } = ending.failure;
      return failed({ code, title, detail: said === undefined ? kept : `${said}\n${kept}` });
    }
    case "over-limit":
      return { status: "refused", reason: { code: ending.code, title: ending.title, detail: kept } };
    case "finished":
      if (ending.reason === "content-filter") {
        return failed({ code: "content-filter", title: "The provider's filter broke the answer off.", detail: kept });
      }
      return judged(context, record, live.answer().text, ending.reason);
  }
}

const kept = "What came is kept in the run. The document was not changed.";

function judged(
  context: AgentsContext,
  record: RunRecord,
  text: string,
  finish: Parameters<typeof judgeRun>[1]["finish"],
): Conclusion {
  const { verdict, lines, next, claimed } = judgeRun(record.input, { text, finish }, context.files.checkBoardChange);
  const { notes } = verdict;
  if (verdict.outcome !== "proposal") {
    const reason: RunReason = { code: verdict.code, title: verdict.reason, detail: kept };
    return { status: verdict.outcome, reason, notes };
  }
  const proposed = {
    text: verdict.text,
    summary: verdict.summary,
    added: lines?.added ?? 0,
    removed: lines?.removed ?? 0,
  };
  if (record.isScratch === true) {
    return {
      status: "rejected",
      proposed,
      notes,
      reason: { code: "scratch", title: "Tried on a scratch goal: nothing is written." },
    };
  }
  return { status: "waiting", proposed, notes, claimed, ...(next === undefined ? {} : { next }) };
}

function aborted(stop: string, record: RunRecord): Conclusion {
  if (stop === "too-slow") {
    const title = `The run took longer than ${record.input.limits.seconds} seconds.`;
    return failed({ code: "too-slow", title, detail: kept });
  }
  const status: AgentRunStatus = stop === "stopped" ? "stopped" : "interrupted";
  const title = status === "stopped" ? "Stopped by a person." : "Folio ended while the run was at work.";
  return { status, reason: { code: status, title, detail: kept } };
}

function failed(reason: RunReason): Conclusion {
  return { status: "failed", reason };
}

function flagsOf(live: LiveRun): readonly string[] {
  if (live.wanted.length === 0) return [];
  return [`The answer asked for tools, which an agent does not have: ${live.wanted.join(", ")}. Nothing was called.`];
}

function usageOf(record: RunRecord, { live, ms }: EndedRun): RunRecord["usage"] {
  const { price } = record.input;
  const tokens = live.usage;
  const isKnown = tokens.in !== undefined || tokens.out !== undefined;
  const cost =
    price === undefined || !isKnown ? undefined : priceOf({ in: tokens.in ?? 0, out: tokens.out ?? 0 }, price);
  return { ...tokens, ms, ...(cost === undefined ? {} : { cost }) };
}
