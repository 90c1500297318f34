/** The chat commands and questions of the API, one function each. */
import type {
  ChangeConversation,
  ConversationPage,
  ConversationSummary,
  ConversationView,
  CreateConversation,
  EarlierMessages,
  MessagePlace,
  RunAccepted,
  SendMessage,
  StartRun,
} from "../../shared/chat.ts";
import type { ConflictResolved, ConflictView, ResolveConflict, UndoResolve } from "../../shared/conflicts.ts";
import { request } from "../platform/api.ts";

const at = (id: string, rest = ""): string => `/conversations/${encodeURIComponent(id)}${rest}`;

export function fetchConversations(options: {
  readonly after?: string | undefined;
  readonly query?: string | undefined;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}): Promise<ConversationPage> {
  const parameters = new URLSearchParams({ limit: String(options.limit ?? 50) });
  if (options.after !== undefined) parameters.set("after", options.after);
  if (options.query) parameters.set("q", options.query);
  return request(`/conversations?${parameters}`, options.signal ? { signal: options.signal } : {});
}

export function fetchConversation(id: string): Promise<ConversationView> {
  return request(at(id, "?limit=100"));
}

export function fetchEarlier(id: string, before: string, count: number): Promise<EarlierMessages> {
  return request(at(id, `/messages?${new URLSearchParams({ before, limit: String(count) })}`));
}

export function fetchPlace(id: string, message: string): Promise<MessagePlace> {
  return request(at(id, `/messages/${encodeURIComponent(message)}`));
}

export function createConversation(body: CreateConversation): Promise<RunAccepted> {
  return request("/conversations", { method: "POST", body });
}

/** Idempotent by `messageId`: sending the same again gives the same answer. */
export function sendMessage(id: string, body: SendMessage): Promise<RunAccepted> {
  return request(at(id, "/messages"), { method: "POST", body });
}

export function startRun(id: string, body: StartRun): Promise<RunAccepted> {
  return request(at(id, "/runs"), { method: "POST", body });
}

export function changeConversation(id: string, body: ChangeConversation): Promise<ConversationSummary> {
  return request(at(id), { method: "PATCH", body });
}

/** What the sides of a file with conflict marks hold. */
export function fetchConflict(id: string): Promise<ConflictView> {
  return request(at(id, "/conflict"));
}

/** Refused with `stale` when the file is no longer what was shown. */
export function resolveConflict(id: string, body: ResolveConflict): Promise<ConflictResolved> {
  return request(at(id, "/resolve"), { method: "POST", body });
}

/** Puts the file with the marks back, as long as nothing was written since. */
export function undoResolve(id: string, body: UndoResolve): Promise<void> {
  return request(at(id, "/resolve/undo"), { method: "POST", body });
}

/** Moves it to the trash; the answer's token brings it back. */
export function removeConversation(id: string): Promise<{ readonly restore: string }> {
  return request(at(id), { method: "DELETE" });
}

export function restoreConversation(restore: string): Promise<ConversationSummary> {
  return request("/conversations/restore", { method: "POST", body: { restore } });
}

export function stopRun(runId: string): Promise<void> {
  return request(`/runs/${encodeURIComponent(runId)}/stop`, { method: "POST" });
}
