import { createHash } from "node:crypto";
import type { Conversation } from "../../shared/chat-format/conversation.ts";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import { type StoredDocument, StoreFailure } from "../platform/store/document-store.ts";
import type { IndexedConversation } from "./conversation-index.ts";
import { conversationTitle } from "./conversation-title.ts";
import { shownBeginning, sideSource } from "./side-text.ts";

export const conversationsFolder = "conversations";
export const conversationSuffix = ".chat.md";

const idLetters = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id for a file that has none of its own, or one that another file has: the same as long as the path is. */
export function idFromPath(path: string): string {
  let id = "";
  for (const byte of createHash("sha256").update(path).digest().subarray(0, 10)) id += idLetters[byte & 31];
  return id;
}

/** What the list shows of a file: front matter, else what the text and the file system say. */
export function indexedFrom(
  document: Pick<StoredDocument, "path" | "modified">,
  conversation: Conversation,
): IndexedConversation {
  const { front } = conversation;
  const modified = new Date(document.modified).toISOString();
  const updated = rfc3339(front.get("updated")) ?? modified;
  return {
    id: usableId(front.get("id")) ?? idFromPath(document.path),
    path: document.path,
    title: titleOf(conversation, document.path),
    created: rfc3339(front.get("created")) ?? updated,
    updated,
    ...(conversation.readOnly === undefined ? {} : { readOnly: conversation.readOnly }),
  };
}

/** More units than any person or model writes; each costs memory, so a file of nothing else could end the program. */
const markersAllowed = 100_000;

/** @throws StoreFailure `too-large` for a file with more than 100,000 marker lines */
export function parseFile(document: StoredDocument): Conversation {
  const bytes = Buffer.from(document.bytes.buffer, document.bytes.byteOffset, document.bytes.byteLength);
  let count = 0;
  for (let at = bytes.indexOf("\n### "); at !== -1; at = bytes.indexOf("\n### ", at + 5)) {
    count += 1;
    if (count <= markersAllowed) continue;
    const why =
      "This file has more than 100,000 headings and is not read as a conversation. Nothing in it was changed.";
    throw new StoreFailure("too-large", document.path, why);
  }
  return parseConversation(document.bytes);
}

export function parseDocument(document: StoredDocument): {
  readonly conversation: Conversation;
  readonly indexed: IndexedConversation;
} {
  const conversation = parseFile(document);
  return { conversation, indexed: indexedFrom(document, conversation) };
}

/** A file that is listed by its name only, since it cannot be read as a conversation. */
export function unreadableFrom({
  path,
  modified,
}: {
  readonly path: string;
  readonly modified: number;
}): IndexedConversation {
  const time = new Date(modified).toISOString();
  const title = path.slice(path.lastIndexOf("/") + 1, -conversationSuffix.length) || "Untitled";
  return { id: idFromPath(path), path, title, created: time, updated: time, readOnly: "unreadable" };
}

function titleOf(conversation: Conversation, path: string): string {
  const given = conversation.front.get("title")?.trim();
  if (given !== undefined && given !== "") return given.slice(0, 300);
  for (const message of conversation.messages) {
    if (message.role !== "user") continue;
    const moved = message.text.trim() === "" ? message.parts.find((part) => sideSource(part) !== undefined) : undefined;
    const text = moved === undefined ? message.text : shownBeginning(moved);
    if (text.trim() !== "") return conversationTitle(text);
  }
  return path.slice(path.lastIndexOf("/") + 1, -conversationSuffix.length) || "Untitled";
}

function usableId(id: string | undefined): string | undefined {
  return id !== undefined && /^[\w.:@+-]{1,100}$/.test(id) ? id : undefined;
}

function rfc3339(value: string | undefined): string | undefined {
  if (value === undefined || !/^\d{4}-\d\d-\d\d/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
