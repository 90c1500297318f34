import type { MessageFailure, PartView } from "../../shared/chat.ts";
import type { Message, NewMessage, NewPart } from "../../shared/chat-format/conversation.ts";

/** A message's parts in reading order: its own body is the first text part, unless it is empty (chat-format, "part units"). */
export function partsOf(message: Pick<Message, "id" | "text" | "parts">): PartView[] {
  const own: PartView[] = message.text === "" ? [] : [{ id: message.id, type: "text", text: message.text }];
  return [...own, ...message.parts.map(({ id, type, text, attributes }) => ({ id, type, text, attributes }))];
}

/** The way back: parts in reading order as a message's own text and its part units. */
export function bodyOf(parts: readonly PartView[]): Pick<NewMessage, "text" | "parts"> {
  const [first, ...rest] = parts;
  const isOwn = first?.type === "text" && first.text !== "" && first.attributes?.["src"] === undefined;
  return { text: isOwn ? first.text : "", parts: (isOwn ? rest : parts).map(unitOf) };
}

function unitOf(part: PartView): NewPart {
  const attributes = { ...part.attributes };
  const { label, wrap } = dressOf(part);
  if (wrap !== undefined && attributes["wrap"] === undefined) attributes["wrap"] = wrap;
  return { id: part.id, type: part.type, label, attributes, text: part.text };
}

function dressOf(part: PartView): { readonly label: string; readonly wrap?: string } {
  switch (part.type) {
    case "reasoning":
      return { label: "Reasoning", wrap: "details" };
    case "tool-call":
      return { label: `Tool call · ${part.attributes?.["name"] ?? "unnamed"}`, wrap: "fence" };
    case "tool-result":
      return { label: "Tool result", wrap: "fence" };
    case "error":
      return { label: "Not finished" };
    default:
      return { label: part.attributes?.["src"] === undefined ? "Answer" : "Text" };
  }
}

/** A failure as a part of the message, so that an editor shows it too. Never sent to a model. */
export function failurePart(id: string, failure: MessageFailure): PartView {
  const text = failure.detail === undefined ? failure.title : `${failure.title}\n${failure.detail}`;
  return { id, type: "error", text, attributes: { code: failure.code } };
}

export function failureIn(parts: readonly PartView[]): MessageFailure | undefined {
  const part = parts.findLast(({ type }) => type === "error");
  if (part === undefined) return undefined;
  const [title = "", ...rest] = part.text.split("\n");
  const code = part.attributes?.["code"] ?? "error";
  return rest.length === 0 ? { code, title } : { code, title, detail: rest.join("\n") };
}
