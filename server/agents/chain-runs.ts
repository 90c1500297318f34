import { createHash } from "node:crypto";
import { ulidFromDigest } from "../platform/ulid.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { RunRecord } from "./run-record.ts";
import { oneLine } from "./settle-log.ts";
import { startRun } from "./start-run.ts";

/**
 * Goes on with the agent that a written run hands over to, with the same goal. A chain that may not go on says so in the
 * run and in the log. A project goes its own way.
 */
export async function goOn(context: AgentsContext, record: RunRecord): Promise<void> {
  const { next, chain } = record;
  if (record.status !== "written" || next === undefined || chain?.project !== undefined) return;
  if (!next.willRun) return logStop(context, record, next.notice ?? "The chain ends here.");
  if (next.agent === "task_logger") return;
  const runId = context.newRunId();
  const told = await beginNext(context, record, { agent: next.agent, runId });
  const { record: changed } = await context.records.change(record.id, (now) => ({ ...now, next: told }));
  await context.announce(changed);
}

/** Begins the run that goes on, as one more part of the answer where the first one is shown. */
async function beginNext(
  context: AgentsContext,
  record: RunRecord,
  { agent, runId }: { readonly agent: string; readonly runId: string },
): Promise<RunRecord["next"]> {
  const { input, proposal, feedback, conversation, call, chain } = record;
  try {
    if (call !== undefined) await context.conversations?.addRun({ ...call, agent, runId });
    await startRun(context, {
      id: runId,
      agent,
      goal: input.goal,
      ...input.model,
      ran: input.ran,
      chain: { id: chain?.id ?? record.id, step: (chain?.step ?? 1) + 1, from: record.id },
      ...(proposal === undefined ? {} : { proposal }),
      ...(feedback === undefined ? {} : { feedback: [...feedback] }),
      ...(conversation === undefined ? {} : { conversation }),
      ...(call === undefined ? {} : { call }),
    });
    return { agent, willRun: true, runId };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (call !== undefined) await context.conversations?.updateCall({ ...call, runId, status: "failed", text: why });
    return { agent, willRun: false, notice: why };
  }
}

/** One entry for each stopped chain, whatever is asked twice: its run id follows from the run's. */
async function logStop(context: AgentsContext, record: RunRecord, notice: string): Promise<void> {
  const digest = createHash("sha256").update(`chain of ${record.id}`).digest();
  try {
    await context.files.appendLogEntry({
      agent: record.input.agent.key,
      summary: oneLine(`Chain stopped: ${notice}`),
      outputFiles: [],
      status: "refused",
      chainedFrom: record.id,
      runId: ulidFromDigest(digest),
      at: record.ended ?? context.clock.now().toISOString(),
    });
  } catch (error) {
    context.logger.error("stop of a chain not logged", { run: record.id, error: String(error) });
  }
}
