import type { PartView, RunAccepted } from "../../shared/chat.ts";
import type { NewMessage } from "../../shared/chat-format/conversation.ts";
import { timestamp } from "../platform/clock.ts";
import type { LanguageModel } from "../platform/models/language-model.ts";
import { Problem } from "../platform/problem.ts";
import type { ChatDependencies, PlannedAnswer } from "./chat-dependencies.ts";
import { LiveAnswer } from "./live-answer.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { writeAnswer } from "./write-answer.ts";

/** An answer that does not exist yet. @throws Problem 422 `no-model` */
export function plannedAnswer(
  chat: ChatDependencies,
  choice: { readonly providerId: string; readonly model: string },
  parent: string,
): PlannedAnswer {
  const message: NewMessage = {
    id: chat.newId(),
    parent,
    role: "assistant",
    label: `Assistant · ${choice.model}`,
    attributes: { at: timestamp(chat.clock), model: choice.model, status: "streaming" },
    text: "",
    parts: [],
  };
  return { message, model: chosenModel(chat, choice), modelName: choice.model, mode: "answer", leaf: parent };
}

/** @throws Problem 422 `no-model` */
export function chosenModel(
  chat: ChatDependencies,
  choice: { readonly providerId: string; readonly model: string },
): LanguageModel {
  const model = chat.modelFor(choice.providerId, choice.model);
  if (model !== undefined) return model;
  throw new Problem("no-model", 422, "The chosen provider is not set up any more. Nothing was sent.", {
    detail: "Your text is still in the box. Choose another model.",
  });
}

/** Makes the growing answer known at once, so that no view between now and its first token can miss it. */
export function beginAnswer(
  chat: ChatDependencies,
  open: OpenConversation,
  answer: PlannedAnswer,
  parts: readonly PartView[],
): { readonly run: () => RunAccepted; readonly cancel: () => void } {
  const messageId = answer.message.id;
  const runId = chat.newId();
  const live = new LiveAnswer({
    conversationId: open.id,
    messageId,
    runId,
    parts,
    emit: chat.keeper.emit,
    newId: chat.newId,
  });
  open.live.set(messageId, live);
  return {
    cancel: () => void open.live.delete(messageId),
    run: () => {
      chat.runs.start(runId, (signal) => writeAnswer(chat, open, answer, live, signal));
      return { conversationId: open.id, messageId, runId };
    },
  };
}
