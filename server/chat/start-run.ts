import type { RunAccepted, StartRun } from "../../shared/chat.ts";
import type { ConversationEdit } from "../../shared/chat-format/conversation.ts";
import { timestamp } from "../platform/clock.ts";
import { Problem } from "../platform/problem.ts";
import type { ChatDependencies } from "./chat-dependencies.ts";
import { viewOf } from "./conversation-view.ts";
import { answerEdit, type OpenConversation, refuseReadOnly } from "./open-conversation.ts";
import { wholeParts } from "./side-text.ts";
import { chosenModel, plannedAnswer, startAnswer } from "./start-answer.ts";

/**
 * Another answer to a message, or the rest of one that broke off.
 * @throws Problem 404 `not-found`, 409 `stale`, `already-exists` (it is being written) or `read-only`, 422 `no-model`
 */
export async function startRun(chat: ChatDependencies, id: string, asked: StartRun): Promise<RunAccepted> {
  const open = await chat.keeper.cache.get(id);
  const parent = open.conversation.messages.find((message) => message.id === asked.parent);
  if (parent === undefined) {
    throw new Problem("stale", 409, "That message is not in the file any more. Nothing was started.");
  }
  refuseReadOnly(open);
  if (asked.kind === "continue") return continueAnswer(chat, open, asked);
  if (parent.role === "assistant")
    throw new Problem("bad-request", 400, "An answer answers a question; this is an answer.");
  return answerAgain(chat, open, asked);
}

async function answerAgain(chat: ChatDependencies, open: OpenConversation, asked: StartRun): Promise<RunAccepted> {
  const answer = plannedAnswer(chat, asked, asked.parent);
  const edits: ConversationEdit[] = [
    { type: "add-message", message: answer.message },
    { type: "set-front", key: "updated", value: timestamp(chat.clock) },
    { type: "set-front", key: "head", value: answer.message.id },
  ];
  return startAnswer(chat, open, answer, async () => {
    await chat.keeper.change(open, [{ type: "edited", edits }], () => edits);
    chat.keeper.announcer.changed(open);
    chat.keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "head-moved" });
  });
}

async function continueAnswer(chat: ChatDependencies, open: OpenConversation, asked: StartRun): Promise<RunAccepted> {
  const message = open.conversation.messages.find(({ id }) => id === asked.parent);
  if (message === undefined || message.role !== "assistant") {
    throw new Problem("bad-request", 400, "Only an answer can be continued. Nothing was started.");
  }
  if (open.live.has(message.id)) throw new Problem("already-exists", 409, "This answer is being written already.");
  const parts = wholeParts(message, open.sideTexts).filter((part) => part.type !== "error");
  const edit = answerEdit(open, message.id, parts, "streaming");
  const edits = edit === undefined ? [] : [edit];
  const model = chosenModel(chat, asked);
  const answer = { message, model, modelName: asked.model, mode: "continue" as const, leaf: message.id, parts };
  return startAnswer(chat, open, answer, async () => {
    await chat.keeper.change(open, [{ type: "edited", edits }], () => edits);
    const view = viewOf(open, message.id);
    if (view !== undefined) chat.keeper.emit({ conversationId: open.id, type: "message-changed", message: view });
    chat.keeper.announcer.changed(open);
  });
}
