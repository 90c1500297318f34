import type { CallAgent } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import type { AgentsContext } from "./agents-context.ts";
import type { RunRecord } from "./run-record.ts";
import { checkRun, startRun } from "./start-run.ts";

export interface CallAccepted {
  readonly conversationId: string;
  /** The answer that shows the run. */
  readonly messageId: string;
  readonly runId: string;
}

/**
 * An agent called from a conversation: the question is kept there, the run is a part of its answer, and the transcript
 * down to the question is part of the run's input. The same call again answers as the first time did.
 * @throws Problem
 */
export async function callAgent(
  context: AgentsContext,
  conversationId: string,
  asked: CallAgent,
): Promise<CallAccepted> {
  const { conversations } = context;
  if (conversations === undefined) throw new Problem("not-found", 404, "There are no conversations here.");
  const known = await context.records.read(asked.runId);
  if (known?.call?.conversationId === conversationId) return { ...known.call, runId: known.id };
  const { runId, messageId, parent, text, agent, goal, providerId, model } = asked;
  const request = { id: runId, agent, goal, providerId, model };
  if (known === undefined) await checkRun(context, request);
  const call = await conversations.addCall({ conversationId, messageId, parent, text, agent, runId, model });
  try {
    const conversation = { id: conversationId, messageId };
    await startRun(context, { ...request, conversation, call });
  } catch (error) {
    const why = error instanceof Problem ? error.message : "The run could not be started.";
    await conversations.updateCall({ ...call, runId, status: "failed", text: why });
    throw error;
  }
  return { ...call, runId };
}

/** Puts how a run stands into the conversation that it was called from. */
export async function tellConversation(context: AgentsContext, record: RunRecord): Promise<void> {
  if (record.call === undefined || context.conversations === undefined) return;
  try {
    await context.conversations.updateCall({
      ...record.call,
      runId: record.id,
      status: record.status,
      text: callText(record),
    });
  } catch (error) {
    context.logger.error("run not shown in its conversation", { run: record.id, error: String(error) });
  }
}

/** What the file of the conversation says of a run: short, and true without the studio. */
export function callText({ status, input, proposed, reason, log }: RunRecord): string {
  const target = `\`${input.target.path}\``;
  const lines = proposed === undefined ? "" : ` (+${proposed.added} −${proposed.removed})`;
  const task = log === undefined ? "" : ` · ${log.taskId}`;
  const unchanged = `${target} was not changed.${task}`;
  switch (status) {
    case "running":
      return `Works on ${target}.`;
    case "waiting":
      return `Proposes a change of ${target}${lines}. It waits for a person.`;
    case "written":
      return `Wrote ${target}${lines}.${task}`;
    case "rejected":
      return `The change of ${target} was rejected. ${unchanged}`;
    case "refused":
    case "failed":
    case "stopped":
    case "interrupted":
      return `${reason?.title ?? "It did not come to an end."} ${unchanged}`;
  }
}
