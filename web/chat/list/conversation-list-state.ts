/** The list of conversations as one pure reducer: pages from the server, then events. Newest first. */
import type { ConversationPage, ConversationSummary } from "../../../shared/chat.ts";
import type { FolioEvent } from "../../../shared/events.ts";
import { daysBefore } from "../../ui/time-words.ts";

export interface ConversationListState {
  readonly conversations: readonly ConversationSummary[];
  readonly next: string | undefined;
  readonly total: number;
  readonly query: string;
}

export function listOf(page: ConversationPage, query: string): ConversationListState {
  return { conversations: page.conversations, next: page.next, total: page.total, query };
}

export function withPage(list: ConversationListState, page: ConversationPage): ConversationListState {
  const known = new Set(list.conversations.map((conversation) => conversation.id));
  const added = page.conversations.filter((conversation) => !known.has(conversation.id));
  return { ...list, conversations: [...list.conversations, ...added], next: page.next, total: page.total };
}

const isNewer = (left: ConversationSummary, right: ConversationSummary): boolean =>
  Date.parse(left.updated) >= Date.parse(right.updated);

function fits(list: ConversationListState, conversation: ConversationSummary): boolean {
  return conversation.title.toLowerCase().includes(list.query.trim().toLowerCase());
}

/** Applies one event of the workspace; others give the same list back. */
export function applyToList(list: ConversationListState, event: FolioEvent): ConversationListState {
  if (event.type === "conversation-removed") {
    const conversations = list.conversations.filter((conversation) => conversation.id !== event.id);
    if (conversations.length === list.conversations.length) return list;
    return { ...list, conversations, total: Math.max(0, list.total - 1) };
  }
  if (event.type !== "conversation-changed") return list;
  const { conversation } = event;
  const before = list.conversations.find((known) => known.id === conversation.id);
  const rest = before ? list.conversations.filter((known) => known !== before) : list.conversations;
  if (!fits(list, conversation)) return before ? { ...list, conversations: rest } : list;
  const found = rest.findIndex((known) => isNewer(conversation, known));
  if (found === -1 && list.next !== undefined && !before) return list;
  const at = found === -1 ? rest.length : found;
  const total = before ? list.total : list.total + 1;
  return { ...list, conversations: rest.toSpliced(at, 0, conversation), total };
}

export type DayGroup = "today" | "yesterday" | "week" | "earlier";

export type ListRow =
  | { readonly kind: "group"; readonly group: DayGroup }
  | { readonly kind: "conversation"; readonly conversation: ConversationSummary };

function groupOf(conversation: ConversationSummary, now: Date): DayGroup {
  const days = daysBefore(new Date(conversation.updated), now);
  if (days <= 0) return "today";
  if (days === 1) return "yesterday";
  return days < 7 ? "week" : "earlier";
}

/** Rows with a heading before each new group of days. */
export function groupRows(conversations: readonly ConversationSummary[], now: Date): readonly ListRow[] {
  const rows: ListRow[] = [];
  let current: DayGroup | undefined;
  for (const conversation of conversations) {
    const group = groupOf(conversation, now);
    if (group !== current) rows.push({ kind: "group", group });
    current = group;
    rows.push({ kind: "conversation", conversation });
  }
  return rows;
}
