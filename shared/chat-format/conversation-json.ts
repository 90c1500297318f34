/** The JSON shape in which scripts read and write conversations (docs/file-formats.md). */
import { z } from "zod";
import { composeConversation } from "./compose-conversation.ts";
import type { Conversation, ConversationProblem, Message, Part } from "./conversation.ts";

declare const btoa: (binary: string) => string;
declare const atob: (base64: string) => string;

/** Of own keys only, and of all of them: `z.record` leaves `__proto__` out, which a front matter may hold. */
const textsSchema = z.custom<Readonly<Record<string, string>>>(isRecordOfTexts, "expected an object of texts");
const attributesSchema = textsSchema.default({});
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
  front: textsSchema.default({}),
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
 * @throws RangeError when it has another shape, its messages are no tree, or it cannot be written.
 */
export function conversationFromJson(value: unknown): { readonly file: string; readonly conversation: Conversation } {
  const parsed = conversationJsonSchema.safeParse(value);
  if (!parsed.success) throw new RangeError(firstIssue(parsed.error.issues));
  const json = parsed.data;
  refuseNoTree(json.messages);
  const messages = json.messages.map((message) => ({ ...withBytes(message), parts: message.parts.map(withBytes) }));
  return { file: json.file, conversation: composeConversation({ ...json, messages }) };
}

function isRecordOfTexts(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => typeof each === "string");
}

function firstIssue(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const [first] = issues;
  const place = first?.path.map(String).join(".") ?? "";
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `${place === "" ? "" : `at ${place}: `}${first?.message.toLowerCase() ?? "another shape"}${more}`;
}

/** What the format cannot say would be read back as something else. @throws RangeError */
function refuseNoTree(messages: readonly { readonly id: string; readonly parent: string }[]): void {
  const parents = new Map<string, string>();
  for (const { id, parent } of messages) {
    if (id === "root") throw new RangeError('no message may have the id "root"');
    if (parents.has(id)) throw new RangeError(`two messages have the id ${JSON.stringify(id)}`);
    parents.set(id, parent);
  }
  const isRooted = new Set(["root"]);
  for (const { id } of messages) {
    const way = new Set<string>();
    for (let at = id; !isRooted.has(at); at = parents.get(at) ?? "") {
      if (way.has(at)) throw new RangeError(`the messages behind ${JSON.stringify(id)} follow each other in a circle`);
      if (!parents.has(at))
        throw new RangeError(`${JSON.stringify([...way].at(-1))} follows a message that is not there`);
      way.add(at);
    }
    for (const each of way) isRooted.add(each);
  }
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
