/** The live conversation as one pure reducer: `(transcript, event) => transcript`. */
import type { ConversationView, EarlierMessages, MessageView, PartView } from "../../shared/chat.ts";
import type { ConversationEvent, FolioEvent } from "../../shared/events.ts";

export interface Retry {
  readonly messageId: string;
  readonly attempt: number;
  readonly reason: string;
}

export interface Transcript {
  readonly view: ConversationView;
  /** The last event that is in it. */
  readonly eventId: string;
  /** An event did not fit: only a fresh snapshot tells. */
  readonly isStale: boolean;
  readonly retry?: Retry | undefined;
  /** How the last run that this page saw ended, for the live region. */
  readonly lastEnd?: { readonly messageId: string; readonly status: MessageView["status"] };
}

export function transcriptOf(view: ConversationView): Transcript {
  return { view, eventId: view.eventId, isStale: false };
}

/** A fresh snapshot over what is shown: earlier pages that are loaded stay, when the snapshot still begins in them. */
export function withSnapshot(transcript: Transcript | undefined, view: ConversationView): Transcript {
  const fresh = transcriptOf(view);
  const first = view.messages[0];
  if (!transcript || !first || !view.hasEarlier) return fresh;
  const at = transcript.view.messages.findIndex((message) => message.id === first.id);
  if (at <= 0) return fresh;
  const messages = [...transcript.view.messages.slice(0, at), ...view.messages];
  return { ...fresh, view: { ...view, messages, hasEarlier: transcript.view.hasEarlier } };
}

export function withEarlier(transcript: Transcript, earlier: EarlierMessages): Transcript {
  const known = new Set(transcript.view.messages.map((message) => message.id));
  const added = earlier.messages.filter((message) => !known.has(message.id));
  const messages = [...added, ...transcript.view.messages];
  return { ...transcript, view: { ...transcript.view, messages, hasEarlier: earlier.hasEarlier } };
}

/** Applies one event of this conversation; repeats change nothing, gaps make it stale. */
export function applyEvent(transcript: Transcript, id: string, event: FolioEvent): Transcript {
  const placed: Transcript = { ...transcript, eventId: id };
  if (event.type === "conversation-changed") {
    if (event.conversation.id !== transcript.view.id) return transcript;
    return { ...placed, view: { ...transcript.view, ...event.conversation } };
  }
  if (!("conversationId" in event) || event.conversationId !== transcript.view.id) return transcript;
  return applyConversationEvent(placed, event);
}

function applyConversationEvent(transcript: Transcript, event: ConversationEvent): Transcript {
  switch (event.type) {
    case "message-added":
      return addMessage(transcript, event.message, event.head);
    case "message-changed":
      return changeMessage({ ...transcript, retry: undefined }, event.message.id, () => event.message);
    case "part-started":
      return changeMessage({ ...transcript, retry: undefined }, event.messageId, (message) =>
        startPart(message, event.index, event.part),
      );
    case "part-delta":
      return changeMessage(transcript, event.messageId, (message) => growPart(message, event));
    case "run-retrying":
      return {
        ...transcript,
        retry: { messageId: event.messageId, attempt: event.attempt, reason: event.reason },
      };
    case "run-ended":
      return endRun({ ...transcript, retry: undefined }, event);
    case "conversation-reloaded":
      return { ...transcript, isStale: true };
    case "unwritten-changed":
      return { ...transcript, view: { ...transcript.view, unwritten: event.unwritten } };
  }
}

function addMessage(transcript: Transcript, message: MessageView, head: string): Transcript {
  const { view } = transcript;
  if (view.messages.some((known) => known.id === message.id)) {
    return changeMessage(withHead(transcript, head), message.id, () => message);
  }
  const parentAt = view.messages.findIndex((known) => known.id === message.parent);
  const isFirst = message.parent === "root" && !view.hasEarlier;
  if (parentAt === -1 && !isFirst) return { ...transcript, isStale: true };
  const kept = view.messages.slice(0, parentAt + 1);
  const messages = [...kept, message];
  const messageCount = view.messageCount + messages.length - view.messages.length;
  return withHead({ ...transcript, view: { ...view, messages, messageCount } }, head);
}

function withHead(transcript: Transcript, head: string): Transcript {
  return { ...transcript, view: { ...transcript.view, head } };
}

/** `change` gives `undefined` for what does not fit. Messages that are not on the shown path are left alone. */
function changeMessage(
  transcript: Transcript,
  id: string,
  change: (message: MessageView) => MessageView | undefined,
): Transcript {
  const { view } = transcript;
  const at = view.messages.findLastIndex((message) => message.id === id);
  const message = view.messages[at];
  if (!message) return transcript;
  const changed = change(message);
  if (!changed) return { ...transcript, isStale: true };
  if (changed === message) return transcript;
  return { ...transcript, view: { ...view, messages: view.messages.with(at, changed) } };
}

function startPart(message: MessageView, index: number, part: PartView): MessageView | undefined {
  if (index > message.parts.length) return undefined;
  if (message.parts[index]?.id === part.id) return message;
  return { ...message, parts: [...message.parts.slice(0, index), part] };
}

function growPart(
  message: MessageView,
  delta: { readonly index: number; readonly at: number; readonly text: string },
): MessageView | undefined {
  const part = message.parts[delta.index];
  if (!part || delta.at > part.text.length) return undefined;
  const known = part.text.length - delta.at;
  if (known >= delta.text.length) return message;
  const parts = message.parts.with(delta.index, { ...part, text: part.text + delta.text.slice(known) });
  return { ...message, parts };
}

function endRun(transcript: Transcript, event: Extract<ConversationEvent, { type: "run-ended" }>): Transcript {
  const ended = changeMessage(transcript, event.messageId, (message) => {
    const { runId: _, ...rest } = message;
    return { ...rest, status: event.status, ...(event.failure ? { failure: event.failure } : {}) };
  });
  return { ...ended, lastEnd: { messageId: event.messageId, status: event.status } };
}

/** The answer that is being written, if any. */
export function runningMessage(view: ConversationView): MessageView | undefined {
  return view.messages.findLast((message) => message.status === "streaming");
}
