import type { Conversation } from "./conversation.ts";
import { documentBytes, scanDocument } from "./document.ts";
import { resolveConversation } from "./resolve-conversation.ts";

/** Reads any bytes as a conversation; never throws. What had to be repaired is in `problems`. See docs/file-formats.md. */
export function parseConversation(file: Uint8Array): Conversation {
  return resolveConversation(scanDocument(file));
}

/** The file's bytes: the same that were parsed when nothing was edited. */
export function writeConversation(conversation: Conversation): Uint8Array {
  return documentBytes(conversation.source.document);
}
