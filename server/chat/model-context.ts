import type { Conversation, Message } from "../../shared/chat-format/conversation.ts";
import type { ModelMessage } from "../platform/models/language-model.ts";
import { type SideTexts, spokenText } from "./side-text.ts";

export interface ModelContext {
  readonly messages: readonly ModelMessage[];
  /** How many messages of the path were too much for the limit, oldest first. */
  readonly leftOut: number;
}

const goOn =
  "Your answer broke off. Go on from exactly where it stopped, in the same language and form, without repeating anything and without a preface.";

/** The messages from the root down to `leafId`. Iterative: a path may be a hundred thousand messages long. */
export function pathTo(conversation: Conversation, leafId: string): Message[] {
  const byId = new Map(conversation.messages.map((message) => [message.id, message]));
  const path: Message[] = [];
  let message = byId.get(leafId);
  while (message !== undefined && path.length <= conversation.messages.length) {
    path.push(message);
    message = byId.get(message.parent);
  }
  return path.reverse();
}

/**
 * What the model is shown: the texts of the path down to `leafId`, newest first until `limit` characters are full; the
 * newest message and system messages always go. Reasoning, errors and attachments stay here. `question` follows the leaf
 * and is not in the conversation yet; `continue` asks for the rest of the last answer.
 */
export function modelContext(
  conversation: Conversation,
  leafId: string,
  options: {
    readonly limit: number;
    readonly mode: "answer" | "continue";
    readonly question?: string | undefined;
    readonly sideTexts?: SideTexts;
  },
): ModelContext {
  const path = pathTo(conversation, leafId);
  const saidIn = (message: Message): string => spokenText(message, options.sideTexts ?? new Map());
  const messages: ModelMessage[] = options.question === undefined ? [] : [{ role: "user", text: options.question }];
  let characters = options.question?.length ?? 0;
  let index = path.length - 1;
  for (; index >= 0; index -= 1) {
    const message = path[index];
    const text = message === undefined ? "" : saidIn(message);
    characters += text.length;
    if (characters > options.limit && messages.length > 0) break;
    if (message !== undefined && text !== "") messages.push({ role: roleOf(message.role), text });
  }
  messages.reverse();
  // What the model is told to be goes along however long the conversation has become.
  const told = path.slice(0, index + 1).filter((message) => message.role === "system" && saidIn(message) !== "");
  messages.unshift(...told.map((message) => ({ role: "system" as const, text: saidIn(message) })));
  if (options.mode === "continue") messages.push({ role: "user", text: goOn });
  return { messages, leftOut: index + 1 - told.length };
}

function roleOf(role: string): "system" | "user" | "assistant" {
  // Tool results without their calls would be refused by servers; calls are not sent on until there are tools.
  return role === "assistant" || role === "system" ? role : "user";
}
