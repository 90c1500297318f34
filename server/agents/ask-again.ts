import type { AgainRun } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import { callText } from "./agent-calls.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { Projects } from "./projects.ts";
import type { RunRecord } from "./run-record.ts";
import { requestOf } from "./run-request.ts";
import { startRun } from "./start-run.ts";

/** Starts the same once more with everything as it is now: files, prompt, log. `note` says what was missing. @throws Problem */
export async function askAgain(
  context: AgentsContext,
  projects: Projects,
  old: RunRecord,
  asked: AgainRun,
): Promise<string> {
  if (old.status === "running") {
    throw new Problem("already-exists", 409, "This run is still at work. No second one was started.");
  }
  const request = requestOf(old, asked.id);
  const goal = asked.note === undefined || asked.note === "" ? request.goal : `${request.goal}\n\n${asked.note}`;
  await takePlace(context, old, asked.id);
  const call = old.call === undefined ? {} : { call: old.call };
  const run = await startRun(context, { ...request, goal, ...call }).catch(async (error: unknown) => {
    await takePlace(context, old, old.id, asked.id);
    throw error;
  });
  const { chain } = old;
  if (chain?.project !== undefined) await projects.askedAgain(chain.project, old.id, run.id);
  return run.id;
}

/** The conversation that the old run was called from shows the new one in its place. */
async function takePlace(context: AgentsContext, old: RunRecord, next: string, shown = old.id): Promise<void> {
  if (old.call === undefined) return;
  const text = next === old.id ? callText(old) : "Is asked again.";
  const status = next === old.id ? old.status : "running";
  await context.conversations?.updateCall({ ...old.call, runId: shown, nextRunId: next, status, text });
}
