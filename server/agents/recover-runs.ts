import { isRunning } from "../platform/store/process-identity.ts";
import { finishAccept } from "./accept-run.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { RunRecord } from "./run-record.ts";
import { settleLog } from "./settle-log.ts";
import { forgetStop } from "./stop-requests.ts";

/**
 * Finishes what an end of Folio left half done: a run that was being made is `interrupted`, an accepted one is written
 * and logged once, an entry that is owed is written. Runs that another living process works on are let be. No model is
 * asked: a chain that broke off is gone on with by a person.
 */
export async function recoverRuns(context: AgentsContext): Promise<void> {
  for (const { summary, isSettled } of await context.records.list()) {
    if (isSettled) continue;
    try {
      const record = await context.records.read(summary.id);
      if (record !== undefined) await recoverRun(context, record);
    } catch (error) {
      context.logger.error("run not recovered", { run: summary.id, error: String(error) });
    }
  }
}

/** A run that nobody works on any more; any other is let be. */
export async function recoverRun(context: AgentsContext, record: RunRecord): Promise<void> {
  if (context.live.has(record.id) || (await isAtWorkElsewhere(record))) return;
  if (record.status === "running") return interrupted(context, record.id);
  if (record.owesLog === true) return context.announce(await settleLog(context, record));
  if (record.status === "waiting" && record.decision?.kind === "accepted") await finishAccept(context, record);
}

/** Another server there is not: this one has the folder. A command may be at work in any container. */
export async function isAtWorkElsewhere({ owner }: RunRecord): Promise<boolean> {
  if (owner === undefined || owner.holdsFolder) return false;
  return (await isRunning(owner)) !== false;
}

async function interrupted(context: AgentsContext, id: string): Promise<void> {
  const ended = context.clock.now().toISOString();
  const title = "Folio ended while the run was at work.";
  const { record } = await context.records.change(id, ({ owner: _, ...running }) => {
    if (running.status !== "running") return undefined;
    return {
      ...running,
      status: "interrupted",
      ended,
      reason: { code: "interrupted", title, detail: "What came is kept in the run. The document was not changed." },
    };
  });
  await forgetStop(context.store, id);
  await context.announce(record);
}
