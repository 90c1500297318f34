import type { RunAccepted } from "../../shared/chat.ts";
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
  const model = chosenModel(chat, choice);
  const titles = chat.givesTitles(choice.providerId) ? { titleModel: model } : {};
  return { message, model, modelName: choice.model, mode: "answer", leaf: parent, parts: [], ...titles };
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

/**
 * Starts the run of an answer. The model is asked while `save` makes the question durable, so that the disk and the
 * network are waited for together; nothing of the answer is shown, kept or told before `save` has resolved.
 * @throws whatever `save` throws; then the request to the model is broken off
 */
export async function startAnswer(
  chat: ChatDependencies,
  open: OpenConversation,
  answer: PlannedAnswer,
  save: () => Promise<void>,
): Promise<RunAccepted> {
  const messageId = answer.message.id;
  const runId = chat.newId();
  const { emit } = chat.keeper;
  const conversationId = open.id;
  const live = new LiveAnswer({ conversationId, messageId, runId, parts: answer.parts, emit, newId: chat.newId });
  // Known at once, so that no view between now and the first token can miss it.
  open.live.set(messageId, live);
  const isSaved = Promise.withResolvers<boolean>();
  const saving = save();
  chat.runs.start(runId, (signal) => writeAnswer(chat, { open, answer, live, isSaved: isSaved.promise }, signal));
  try {
    await saving;
  } catch (error) {
    open.live.delete(messageId);
    isSaved.resolve(false);
    throw error;
  }
  isSaved.resolve(true);
  return { conversationId, messageId, runId };
}
