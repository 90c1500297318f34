import type { CallAgain, CallAgent } from "../../shared/agents.ts";
import { Problem } from "../platform/problem.ts";
import type { AgentConversations, AgentsContext } from "./agents-context.ts";
import type { RunRecord } from "./run-record.ts";
import type { RunRequest } from "./run-request.ts";
import { requestOf } from "./run-request.ts";
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
  const conversation = { id: conversationId, messageId };
  await startCalled(context, conversations, { ...request, conversation, call });
  return { ...call, runId };
}

/**
 * Asks the run of an answer anew with everything as it is now, as another version of that answer; the old run and its
 * answer stay. The same again answers as the first time did.
 * @throws Problem 404 when there is no record of the run any more, 409 `stale` when its answer is gone, as for any run
 */
export async function callAgain(
  context: AgentsContext,
  conversationId: string,
  { of, runId, providerId, model }: CallAgain,
): Promise<CallAccepted> {
  const { conversations } = context;
  const old = await context.records.read(of);
  if (conversations === undefined || old?.call?.conversationId !== conversationId) {
    throw new Problem("not-found", 404, "There is no record of this run any more. No new one was started.", {
      detail: "Send the question again: its agent begins anew.",
    });
  }
  const known = await context.records.read(runId);
  if (known?.call?.conversationId === conversationId) return { ...known.call, runId };
  const request = { ...requestOf(old, runId), providerId, model };
  if (known === undefined) await checkRun(context, request);
  const call = await conversations.addVersion({ ...old.call, agent: request.agent, runId, model });
  await startCalled(context, conversations, { ...request, call });
  return { ...call, runId };
}

/** Starts a run that its conversation shows already. @throws Problem */
async function startCalled(
  context: AgentsContext,
  conversations: AgentConversations,
  request: RunRequest & { readonly call: NonNullable<RunRequest["call"]> },
): Promise<void> {
  try {
    await startRun(context, request);
  } catch (error) {
    const why = error instanceof Problem ? error.message : "The run could not be started.";
    await conversations.updateCall({ ...request.call, runId: request.id, status: "failed", text: why });
    throw error;
  }
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
