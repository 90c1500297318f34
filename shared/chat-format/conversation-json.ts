/** The JSON shape in which scripts read and write conversations (docs/file-formats.md). */
import { z } from "zod";
import { composeConversation } from "./compose-conversation.ts";
import type { Conversation, ConversationProblem, Message, Part } from "./conversation.ts";

declare const btoa: (binary: string) => string;
declare const atob: (base64: string) => string;

const attributesSchema = z.record(z.string(), z.string()).default({});
const base64Schema = z.base64().optional();
const partSchema = z.object({
  id: z.string().min(1),
  type: z.string().default("text"),
  label: z.string().default(""),
  attributes: attributesSchema,
  text: z.string(),
  raw: base64Schema,
});
const messageSchema = z.object({
  id: z.string().min(1),
  parent: z.string().min(1),
  role: z.string().default("user"),
  label: z.string().default(""),
  attributes: attributesSchema,
  text: z.string(),
  raw: base64Schema,
  parts: z.array(partSchema).default([]),
});
const conversationJsonSchema = z.object({
  file: z.string().default(""),
  front: z.record(z.string(), z.string()).default({}),
  frontRaw: z.string().default(""),
  preamble: z.string().default(""),
  messages: z.array(messageSchema),
  path: z.array(z.string()).default([]),
});
export type ConversationJson = z.infer<typeof conversationJsonSchema> & {
  readonly problems: readonly Pick<ConversationProblem, "line" | "reason">[];
};

/** The object of `folio conversation parse` (docs/file-formats.md, "For scripts"); `file` is repeated as given. */
export function conversationToJson(file: string, conversation: Conversation): ConversationJson {
  return {
    file,
    front: Object.fromEntries(conversation.front),
    frontRaw: conversation.frontRaw,
    preamble: conversation.preamble,
    messages: conversation.messages.map((message) => ({
      id: message.id,
      parent: message.parent,
      role: message.role,
      ...bodyToJson(message),
      parts: message.parts.map((part) => ({ id: part.id, type: part.type, ...bodyToJson(part) })),
    })),
    path: [...conversation.path],
    problems: conversation.problems.map(({ line, reason }) => ({ line, reason })),
  };
}

/**
 * The conversation that one JSON value describes, canonically written.
 * @throws z.ZodError when it has another shape, RangeError when it cannot be written.
 */
export function conversationFromJson(value: unknown): { readonly file: string; readonly conversation: Conversation } {
  const json = conversationJsonSchema.parse(value);
  const messages = json.messages.map((message) => ({ ...withBytes(message), parts: message.parts.map(withBytes) }));
  return { file: json.file, conversation: composeConversation({ ...json, messages }) };
}

type Body = Pick<Message | Part, "label" | "attributes" | "text" | "raw">;

function bodyToJson({ label, attributes, text, raw }: Body) {
  return { label, attributes: { ...attributes }, text, ...(raw && { raw: toBase64(raw) }) };
}

function withBytes<Value extends { readonly raw?: string | undefined }>(
  value: Value,
): Omit<Value, "raw"> & { readonly raw?: Uint8Array | undefined } {
  const { raw, ...rest } = value;
  return { ...rest, raw: raw === undefined ? undefined : fromBase64(raw) };
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
