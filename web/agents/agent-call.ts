import type { MessageView } from "../../shared/chat.ts";
import type { ChooseModel } from "../../shared/providers.ts";
import type { AgentView } from "../../shared/roster.ts";
import { readStored, writeStored } from "../platform/stored.ts";
import { callAgain, callAgent, fetchRoster } from "./agents-api.ts";
import { newRunId } from "./new-run-id.ts";

export interface NamedCall {
  readonly name: string;
  readonly goal: string;
}

/** `@name goal`, when a text begins so. */
export function namedCall(text: string): NamedCall | undefined {
  const [, name, goal = ""] = /^\s*@([^\s@]+)([^]*)$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, goal: goal.trim() };
}

type SendCall = (message: {
  readonly text: string;
  readonly messageId: string;
  readonly conversationId: string;
}) => Promise<void>;

/**
 * The way to send a text that calls an agent of the roster; undefined when it calls nobody there.
 * @param runIds of calls that are on their way, by message: the same call keeps its run, however often it is tried
 * @throws what to show: no connection, or a call that says nothing
 */
export async function agentCall(options: {
  readonly text: string;
  readonly parent: string;
  readonly choice: ChooseModel;
  readonly runIds: Map<string, string>;
}): Promise<SendCall | undefined> {
  const { parent, choice, runIds } = options;
  const call = namedCall(options.text);
  if (!call) return undefined;
  const { agents, offered } = await fetchRoster();
  const isKnown = ({ key }: AgentView): boolean => key === call.name;
  if (!agents.some(isKnown) && !offered.some(isKnown)) return undefined;
  if (call.goal === "") throw new Error(`Say what ${call.name} shall do, after its name.`);
  return async ({ text, messageId, conversationId }) => {
    const key = `folio.call.${messageId}`;
    const runId = runIds.get(messageId) ?? readStored(key) ?? newRunId();
    runIds.set(messageId, runId);
    writeStored(key, runId);
    await callAgent(conversationId, { messageId, parent, text, runId, agent: call.name, goal: call.goal, ...choice });
    writeStored(key, undefined);
  };
}

/**
 * The way to ask for an answer that shows a run once more; undefined for any other answer. The first run begins again;
 * who goes on after it follows from what it hands over. One that is at work, or has no id, cannot be asked.
 */
export function againOfRun(
  { parts }: MessageView,
  conversationId: string,
  choice: () => ChooseModel,
): { readonly ask?: () => Promise<void> } | undefined {
  const runs = parts.filter(({ type }) => type === "run");
  if (runs.length === 0) return undefined;
  const of = runs[0]?.attributes?.["run"];
  if (of === undefined || runs.some(({ attributes }) => attributes?.["status"] === "running")) return {};
  return {
    ask: async () => {
      await callAgain(conversationId, { of, runId: newRunId(), ...choice() });
    },
  };
}
