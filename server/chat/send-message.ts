import type { CreateConversation, RunAccepted, SendMessage } from "../../shared/chat.ts";
import type { ConversationEdit, NewMessage } from "../../shared/chat-format/conversation.ts";
import { newConversation } from "../../shared/chat-format/new-conversation.ts";
import { timestamp } from "../platform/clock.ts";
import { Problem } from "../platform/problem.ts";
import type { ChatDependencies } from "./chat-dependencies.ts";
import { conversationPath, conversationTitle } from "./conversation-title.ts";
import { viewOf } from "./conversation-view.ts";
import { type OpenConversation, openedFrom, refuseReadOnly } from "./open-conversation.ts";
import { moveLongText } from "./side-files.ts";
import { plannedAnswer, startAnswer } from "./start-answer.ts";

/**
 * Makes a conversation with its first message and starts the answer. The same id again answers as the first time did.
 * @throws Problem 409 `already-exists` when the id is taken by another conversation, 422 `no-model`
 */
export function createConversation(chat: ChatDependencies, asked: CreateConversation): Promise<RunAccepted> {
  return chat.once(asked.id, () => createOnce(chat, asked));
}

async function createOnce(chat: ChatDependencies, asked: CreateConversation): Promise<RunAccepted> {
  const { keeper, index, clock } = chat;
  if (index.byId(asked.id) !== undefined) {
    const open = await keeper.cache.get(asked.id);
    const again = acceptedBefore(open, asked.messageId);
    if (again !== undefined) return again;
    throw new Problem("already-exists", 409, "There is a conversation with this id already. Nothing was changed.");
  }
  const title = conversationTitle(asked.text);
  const created = timestamp(clock);
  const front = { format: "chat.md/1", id: asked.id, title, created };
  const open = openedFrom(asked.id, conversationPath(title, asked.id, clock.now()), newConversation(front), undefined);
  return addQuestion(chat, open, { ...asked, parent: "root" }, { front });
}

/**
 * Adds a message under `parent` and starts the answer: durable before it answers. The same message id again answers as
 * the first time did (P22), so a page may send until it hears.
 * @throws Problem 404 `not-found`, 409 `stale` when the parent is gone, 409 `read-only`, 422 `no-model`
 */
export function sendMessage(chat: ChatDependencies, id: string, asked: SendMessage): Promise<RunAccepted> {
  return chat.once(`${id} ${asked.messageId}`, () => sendOnce(chat, id, asked));
}

async function sendOnce(chat: ChatDependencies, id: string, asked: SendMessage): Promise<RunAccepted> {
  const open = await chat.keeper.cache.get(id);
  const again = acceptedBefore(open, asked.messageId);
  if (again !== undefined) return again;
  refuseReadOnly(open);
  if (asked.parent !== "root" && !open.conversation.messages.some((message) => message.id === asked.parent)) {
    throw new Problem(
      "stale",
      409,
      "The message that this one follows is not in the file any more. Nothing was sent.",
      {
        detail: "Your text is still in the box. Look at the conversation as it is now, then send again.",
      },
    );
  }
  return addQuestion(chat, open, asked);
}

async function addQuestion(
  chat: ChatDependencies,
  open: OpenConversation,
  asked: SendMessage,
  created?: { readonly front: Readonly<Record<string, string>> },
): Promise<RunAccepted> {
  const { keeper, clock } = chat;
  const answer = { ...plannedAnswer(chat, asked, asked.messageId), leaf: asked.parent, question: asked.text };
  const isOnPath = asked.parent === (open.conversation.path.at(-1) ?? "root");
  const isNew = created === undefined ? [] : [{ type: "created" as const, id: open.id, front: created.front }];
  return startAnswer(chat, open, answer, async () => {
    const question: NewMessage = {
      id: asked.messageId,
      parent: asked.parent,
      role: "user",
      label: "You",
      attributes: { at: timestamp(clock) },
      ...(await moveLongText(chat, open, { text: asked.text, parts: [] })),
    };
    const edits: ConversationEdit[] = [
      { type: "add-message", message: question },
      { type: "add-message", message: answer.message },
      { type: "set-front", key: "updated", value: timestamp(clock) },
      // A path that only grows leads to its newest leaf by itself (chat-format, "Branches").
      ...(isOnPath ? [] : [{ type: "set-front" as const, key: "head", value: answer.message.id }]),
    ];
    await keeper.change(open, [...isNew, { type: "edited", edits }], edits);
    if (created !== undefined) keeper.cache.add(open);
    keeper.announcer.changed(open);
    tellAdded(chat, open, asked.messageId, isOnPath);
  });
}

function tellAdded(chat: ChatDependencies, open: OpenConversation, messageId: string, isOnPath: boolean): void {
  const { keeper } = chat;
  const head = open.conversation.path.at(-1) ?? "root";
  for (const id of [messageId, head]) {
    const message = viewOf(open, id);
    if (message !== undefined) keeper.emit({ conversationId: open.id, type: "message-added", message, head });
  }
  if (!isOnPath) keeper.emit({ conversationId: open.id, type: "conversation-reloaded", reason: "head-moved" });
}

function acceptedBefore(open: OpenConversation, messageId: string): RunAccepted | undefined {
  if (!open.conversation.messages.some((message) => message.id === messageId)) return undefined;
  const answer = open.conversation.messages.find((message) => message.parent === messageId);
  const answerId = answer?.id ?? messageId;
  return { conversationId: open.id, messageId: answerId, runId: open.live.get(answerId)?.runId ?? answerId };
}
