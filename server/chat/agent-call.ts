/** An agent called from a conversation: a question, and an answer whose one part shows the agent's run. */
import type { ConversationEdit, Message, NewMessage, NewPart } from "../../shared/chat-format/conversation.ts";
import { newConversation } from "../../shared/chat-format/new-conversation.ts";
import { timestamp } from "../platform/clock.ts";
import { createPathQueue } from "../platform/path-queue.ts";
import { Problem } from "../platform/problem.ts";
import type { ChatDependencies } from "./chat-dependencies.ts";
import { conversationPath, conversationTitle } from "./conversation-title.ts";
import { viewOf } from "./conversation-view.ts";
import { pathTo } from "./model-context.ts";
import { type OpenConversation, openedFrom, refuseReadOnly } from "./open-conversation.ts";
import { moveLongText } from "./side-files.ts";
import { type SideTexts, wholeParts } from "./side-text.ts";

export interface NewAgentCall {
  readonly conversationId: string;
  /** Of the question. */
  readonly messageId: string;
  readonly parent: string;
  /** As it was typed. */
  readonly text: string;
  readonly agent: string;
  readonly runId: string;
  readonly model: string;
}

export interface AgentCall {
  readonly conversationId: string;
  /** Of the answer that shows the run. */
  readonly messageId: string;
}

/** A run that an answer asks for anew: another version of it. */
export interface NewCallVersion extends AgentCall {
  readonly agent: string;
  readonly runId: string;
  readonly model: string;
}

/** One more run in an answer that shows one. */
export interface NextRun extends AgentCall {
  readonly agent: string;
  readonly runId: string;
}

export interface CallUpdate extends AgentCall {
  readonly runId: string;
  /** The run that is shown from now on in its place. */
  readonly nextRunId?: string;
  readonly status: string;
  readonly text: string;
}

export interface AgentCalls {
  /** What was said down to `head` (absent: the active path's end). @throws Problem 404 */
  transcript(
    id: string,
    head?: string,
  ): Promise<{
    readonly head: string;
    readonly messages: readonly { readonly id: string; readonly role: string; readonly text: string }[];
  }>;
  /**
   * Keeps question and answer durably; the same call again answers as the first time did. Parent `root` with an unknown
   * id makes the conversation.
   * @throws Problem 404, 409 `stale` when the parent is gone, 409 `read-only`, 409 `already-exists` for a taken message id
   */
  addCall(call: NewAgentCall): Promise<AgentCall>;
  /**
   * Another version of an answer, with the run alone in it, shown from now on; the same run again answers as the first
   * time did.
   * @throws Problem 404, 409 `stale` when that answer is gone, 409 `read-only`
   */
  addVersion(call: NewCallVersion): Promise<AgentCall>;
  /** Shows one more run as the answer's last part, once; a conversation or message that is gone is let be. */
  addRun(run: NextRun): Promise<void>;
  /** Puts how the run stands into the answer; a conversation or message that is gone is let be. */
  updateCall(call: CallUpdate): Promise<void>;
}

export function createAgentCalls(chat: ChatDependencies): AgentCalls {
  const { keeper } = chat;
  // An answer is replaced as a whole, and the runs of a chain tell of themselves at the same time.
  const queue = createPathQueue();
  const change = (call: AgentCall, parts: Parameters<typeof changeParts>[2]): Promise<void> =>
    queue.run(call.conversationId, () => changeParts(chat, call, parts));
  return {
    transcript: async (id, head) => {
      const { conversation, sideTexts } = await keeper.cache.get(id);
      const leaf = head ?? conversation.path.at(-1) ?? "root";
      const messages = pathTo(conversation, leaf).map((message) => ({
        id: message.id,
        role: message.role,
        text: saidIn(message, sideTexts),
      }));
      return { head: leaf, messages: messages.filter(({ text }) => text !== "") };
    },
    addCall: (call) => chat.once(`${call.conversationId} ${call.messageId}`, () => addCall(chat, call)),
    addVersion: (call) => chat.once(`${call.conversationId} ${call.runId}`, () => addVersion(chat, call)),
    addRun: ({ agent, runId, ...call }) =>
      change(call, (parts) =>
        parts.some((part) => showsRun(part, runId)) ? parts : [...parts, runPart(chat, agent, runId)],
      ),
    updateCall: (call) =>
      change(call, (parts) => parts.map((part) => (showsRun(part, call.runId) ? updated(part, call) : part))),
  };
}

function saidIn(message: Message, sideTexts: SideTexts): string {
  const said = wholeParts(message, sideTexts).filter(({ type }) => type === "text" || type === "run");
  return said.map(({ text }) => text).join("\n\n");
}

async function addCall(chat: ChatDependencies, call: NewAgentCall): Promise<AgentCall> {
  const { keeper, index, clock } = chat;
  if (call.parent === "root" && index.byId(call.conversationId) === undefined) {
    const title = conversationTitle(call.text);
    const front = { format: "chat.md/1", id: call.conversationId, title, created: timestamp(clock) };
    const path = conversationPath(title, call.conversationId, clock.now());
    const open = openedFrom(call.conversationId, path, newConversation(front), undefined);
    return addMessages(chat, open, call, front);
  }
  const open = await keeper.cache.get(call.conversationId);
  const { messages } = open.conversation;
  if (messages.some(({ id }) => id === call.messageId)) return addedBefore(open, call);
  refuseReadOnly(open);
  if (call.parent !== "root" && !messages.some(({ id }) => id === call.parent)) {
    throw new Problem(
      "stale",
      409,
      "The message that this one follows is not in the file any more. Nothing was sent.",
      {
        detail: "Your text is still in the box. Look at the conversation as it is now, then send again.",
      },
    );
  }
  return addMessages(chat, open, call, undefined);
}

function addedBefore(open: OpenConversation, call: NewAgentCall): AgentCall {
  const answer = open.conversation.messages.find(
    ({ parent, parts }) => parent === call.messageId && parts.some((part) => showsRun(part, call.runId)),
  );
  if (answer !== undefined) return { conversationId: open.id, messageId: answer.id };
  throw new Problem("already-exists", 409, "There is a message with this id already. Nothing was sent.");
}

async function addMessages(
  chat: ChatDependencies,
  open: OpenConversation,
  call: NewAgentCall,
  front: Readonly<Record<string, string>> | undefined,
): Promise<AgentCall> {
  const { keeper, clock } = chat;
  const at = timestamp(clock);
  const question: NewMessage = {
    id: call.messageId,
    parent: call.parent,
    role: "user",
    label: "You",
    attributes: { at },
    ...(await moveLongText(chat, open, { text: call.text, parts: [] })),
  };
  const answer = answerOf(chat, call, { at, parent: call.messageId });
  const isOnPath = call.parent === (open.conversation.path.at(-1) ?? "root");
  const edits: ConversationEdit[] = [
    { type: "add-message", message: question },
    { type: "add-message", message: answer },
    { type: "set-front", key: "updated", value: at },
    ...(isOnPath ? [] : [{ type: "set-front" as const, key: "head", value: answer.id }]),
  ];
  const isNew = front === undefined ? [] : [{ type: "created" as const, id: open.id, front }];
  await keeper.change(open, [...isNew, { type: "edited", edits }], () => edits);
  if (front !== undefined) keeper.cache.add(open);
  keeper.announcer.changed(open);
  for (const id of [question.id, answer.id]) tell(chat, open, id, "message-added");
  if (!isOnPath) keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "head-moved" });
  return { conversationId: open.id, messageId: answer.id };
}

async function addVersion(chat: ChatDependencies, call: NewCallVersion): Promise<AgentCall> {
  const { keeper, clock } = chat;
  const open = await keeper.cache.get(call.conversationId);
  const { messages } = open.conversation;
  const old = messages.find(({ id }) => id === call.messageId);
  if (old === undefined) {
    throw new Problem("stale", 409, "That answer is not in the file any more. Nothing was started.");
  }
  const added = messages.find(
    ({ parent, parts }) => parent === old.parent && parts.some((part) => showsRun(part, call.runId)),
  );
  if (added !== undefined) return { conversationId: open.id, messageId: added.id };
  refuseReadOnly(open);
  const at = timestamp(clock);
  const answer = answerOf(chat, call, { at, parent: old.parent });
  const edits: ConversationEdit[] = [
    { type: "add-message", message: answer },
    { type: "set-front", key: "updated", value: at },
    { type: "set-front", key: "head", value: answer.id },
  ];
  await keeper.change(open, [{ type: "edited", edits }], () => edits);
  keeper.announcer.changed(open);
  keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "head-moved" });
  return { conversationId: open.id, messageId: answer.id };
}

function answerOf(
  chat: ChatDependencies,
  { agent, runId, model }: Pick<NewAgentCall, "agent" | "runId" | "model">,
  { at, parent }: { readonly at: string; readonly parent: string },
): NewMessage {
  return {
    id: chat.newId(),
    parent,
    role: "assistant",
    label: `Assistant · @${agent}`,
    attributes: { at, model },
    text: "",
    parts: [runPart(chat, agent, runId)],
  };
}

function runPart(chat: ChatDependencies, agent: string, runId: string): NewPart {
  return {
    id: chat.newId(),
    type: "run",
    label: `@${agent}`,
    attributes: { name: agent, run: runId, status: "running" },
    text: "Is being started.",
  };
}

async function changeParts(
  chat: ChatDependencies,
  call: AgentCall,
  change: (parts: readonly NewPart[]) => readonly NewPart[],
): Promise<void> {
  const { keeper } = chat;
  const open = await keeper.cache.get(call.conversationId).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "not-found") return undefined;
    throw error;
  });
  const message = open?.conversation.messages.find(({ id }) => id === call.messageId);
  if (open === undefined || message === undefined) return;
  const parts = change(message.parts);
  const isSame = parts.length === message.parts.length && parts.every((part, index) => part === message.parts[index]);
  if (isSame) return;
  const edits: ConversationEdit[] = [{ type: "replace-message", id: message.id, message: { ...message, parts } }];
  await keeper.change(open, [{ type: "edited", edits }], () => edits);
  tell(chat, open, message.id, "message-changed");
}

function updated(part: NewPart, { runId, nextRunId, status, text }: CallUpdate): NewPart {
  const run = nextRunId ?? runId;
  if (run === runId && part.attributes["status"] === status && part.text === text) return part;
  const { raw: _, ...kept } = part;
  return { ...kept, text, attributes: { ...part.attributes, run, status } };
}

function showsRun(part: NewPart, runId: string): boolean {
  return part.type === "run" && part.attributes["run"] === runId;
}

function tell(
  { keeper }: ChatDependencies,
  open: OpenConversation,
  id: string,
  type: "message-added" | "message-changed",
): void {
  const message = viewOf(open, id);
  if (message === undefined) return;
  if (type === "message-changed") keeper.emit({ conversationId: open.id, type, message });
  else keeper.emit({ conversationId: open.id, type, message, head: open.conversation.path.at(-1) ?? "root" });
}
