import type {
  ConversationSummary,
  ConversationView,
  EarlierMessages,
  MessageFailure,
  MessagePlace,
  MessageStatus,
  MessageView,
} from "../../shared/chat.ts";
import type { Message } from "../../shared/chat-format/conversation.ts";
import { partLines } from "../../shared/chat-format/problems.ts";
import { failureIn } from "./answer-parts.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { sideSource, wholeParts } from "./side-text.ts";

/** What one page of messages may weigh, in characters; at least one message always goes. */
const pageCharacters = 1_500_000;

const wasCut: MessageFailure = {
  code: "interrupted",
  title: "Folio stopped while this answer was being written.",
  detail: "What came is kept. Continue from here, or ask again.",
};

export function conversationView(
  open: OpenConversation,
  summary: ConversationSummary,
  options: { readonly limit: number; readonly file: string; readonly eventId: string; readonly unwritten: number },
): ConversationView {
  const { conversation } = open;
  const { messages, hasEarlier } = pageBefore(open, undefined, options.limit);
  return {
    ...summary,
    head: conversation.path.at(-1) ?? "root",
    messages,
    hasEarlier,
    messageCount: conversation.messages.length,
    preamble: conversation.preamble,
    problems: problemsOf(open),
    file: options.file,
    unwritten: options.unwritten,
    eventId: options.eventId,
  };
}

/** What is wrong with the file and with the texts beside it, by line. */
function problemsOf({ conversation, sideTexts }: OpenConversation): ConversationView["problems"] {
  const problems: { line: number; reason: string }[] = conversation.problems.map(({ line, reason }) => ({
    line,
    reason,
  }));
  if (![...sideTexts.values()].some((side) => "problem" in side)) return problems;
  const lines = partLines(conversation);
  for (const [index, { parts }] of conversation.messages.entries()) {
    for (const [place, part] of parts.entries()) {
      const side = sideTexts.get(sideSource(part) ?? "");
      if (side !== undefined && "problem" in side)
        problems.push({ line: lines[index]?.[place] ?? 1, reason: side.problem });
    }
  }
  return problems.sort((one, other) => one.line - other.line);
}

/** The part of the active path that ends before `before` (undefined: its end). */
export function pageBefore(open: OpenConversation, before: string | undefined, limit: number): EarlierMessages {
  const { path, messages } = open.conversation;
  const end = before === undefined ? path.length : path.indexOf(before);
  const byId = new Map(messages.map((message) => [message.id, message]));
  const siblings = siblingsOf(messages);
  const page: MessageView[] = [];
  let characters = 0;
  let start = Math.max(end, 0);
  while (start > 0 && page.length < limit && (characters < pageCharacters || page.length === 0)) {
    start -= 1;
    const message = byId.get(path[start] ?? "");
    if (message === undefined) continue;
    const view = messageView(open, message, siblings.get(message.parent));
    for (const part of view.parts) characters += part.text.length;
    page.push(view);
  }
  return { messages: page.reverse(), hasEarlier: start > 0 };
}

/** Undefined when there is no such message in the file. */
export function placeOf({ conversation }: OpenConversation, messageId: string): MessagePlace | undefined {
  const { path, messages } = conversation;
  const at = path.indexOf(messageId);
  if (at !== -1) return { isShown: true, later: path.length - 1 - at };
  return messages.some(({ id }) => id === messageId) ? { isShown: false, later: 0 } : undefined;
}

/** One message with its versions, for an event. */
export function viewOf(open: OpenConversation, messageId: string): MessageView | undefined {
  const message = open.conversation.messages.find(({ id }) => id === messageId);
  if (message === undefined) return undefined;
  const siblings = open.conversation.messages.filter(({ parent }) => parent === message.parent);
  return messageView(open, message, siblings);
}

function siblingsOf(messages: readonly Message[]): ReadonlyMap<string, readonly Message[]> {
  const siblings = new Map<string, Message[]>();
  for (const message of messages) {
    const beside = siblings.get(message.parent);
    if (beside === undefined) siblings.set(message.parent, [message]);
    else beside.push(message);
  }
  return siblings;
}

function messageView(open: OpenConversation, message: Message, siblings: readonly Message[] | undefined): MessageView {
  const { id, parent, role, label, attributes } = message;
  const live = open.live.get(id);
  const parts = live?.parts() ?? wholeParts(message, open.sideTexts);
  const status = live === undefined ? statusOf(attributes["status"]) : "streaming";
  const failure = failureIn(parts) ?? (status === "interrupted" ? wasCut : undefined);
  const usage = usageOf(attributes);
  return {
    id,
    parent,
    role,
    label,
    status,
    parts: parts.filter(({ type }) => type !== "error"),
    ...(attributes["at"] === undefined ? {} : { at: attributes["at"] }),
    ...(attributes["model"] === undefined ? {} : { model: attributes["model"] }),
    ...(siblings !== undefined && siblings.length > 1 ? { siblings: inCreationOrder(siblings) } : {}),
    ...(usage === undefined ? {} : { usage }),
    ...(live === undefined ? {} : { runId: live.runId }),
    ...(failure === undefined || live !== undefined ? {} : { failure }),
  };
}

/** The active path stands first in the file whatever its age, so order is by time where both have one. */
function inCreationOrder(siblings: readonly Message[]): readonly string[] {
  const timed = siblings.map(({ id, attributes }) => ({ id, time: Date.parse(attributes["at"] ?? "") }));
  return timed.sort((one, other) => one.time - other.time || 0).map(({ id }) => id);
}

/** A file that says `streaming` while nothing writes it was left so by a crash, here or on another computer. */
function statusOf(value: string | undefined): MessageStatus {
  switch (value) {
    case "stopped":
    case "error":
    case "interrupted":
      return value;
    case "streaming":
      return "interrupted";
    default:
      return "complete";
  }
}

function usageOf(attributes: Readonly<Record<string, string>>): MessageView["usage"] {
  const usage: { in?: number; out?: number; ms?: number } = {};
  for (const name of ["in", "out", "ms"] as const) {
    const value = Number(attributes[name] ?? Number.NaN);
    if (Number.isFinite(value)) usage[name] = value;
  }
  return Object.keys(usage).length === 0 ? undefined : usage;
}
