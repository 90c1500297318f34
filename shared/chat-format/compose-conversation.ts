/** The canonical writer of whole conversations: front matter, preamble, active path, divider, other versions. */
import { encodeText, LINE_FEED, NO_BYTES } from "./bytes.ts";
import { composeMessage } from "./compose-message.ts";
import { ALL_PROTECTIONS, composeUnit, type Protections } from "./compose-unit.ts";
import type { Conversation, NewMessage } from "./conversation.ts";
import type { ChatDocument } from "./document.ts";
import { composeFrontMatter, type FrontMatter, readFrontMatter, setFrontEntry } from "./front-matter.ts";
import { buildTree } from "./message-tree.ts";
import { composePreamble } from "./preamble.ts";
import { resolveConversation } from "./resolve-conversation.ts";
import type { Unit } from "./unit.ts";

export interface ConversationModel {
  readonly front: Readonly<Record<string, string>>;
  /** Lines of front matter to keep where they agree with `front`; empty or absent for canonical ones. */
  readonly frontRaw?: string | undefined;
  readonly preamble: string;
  readonly messages: readonly NewMessage[];
  /** The active path; a message that goes on behind its end belongs to it. */
  readonly path: readonly string[];
}

/**
 * Writes a model from nothing. On what it wrote itself it is the identity; other files keep their conversation.
 * @throws RangeError for a bad name of a key or attribute, or front matter over 64 KiB.
 */
export function composeConversation(
  model: ConversationModel,
  protections: Protections = ALL_PROTECTIONS,
): Conversation {
  const front = composeFront(model);
  const { path, others } = splitMessages(model);
  const document: ChatDocument = {
    byteOrderMark: NO_BYTES,
    front,
    hasInvalidFront: false,
    preamble: composePreamble(model.preamble, protections),
    units: composeUnits(path, others, front, protections),
  };
  const conversation = resolveConversation(document);
  const leaf = path.at(-1)?.id;
  if (leaf === undefined || conversation.head === leaf) return conversation;
  return resolveConversation({ ...document, front: setFrontEntry(front, "head", leaf) });
}

function composeUnits(
  path: readonly NewMessage[],
  others: readonly NewMessage[],
  front: FrontMatter,
  protections: Protections,
): Unit[] {
  const compose = (message: NewMessage) => composeMessage(message, front.lineEnd, protections);
  return [
    ...path.flatMap(compose),
    ...(others.length === 0 ? [] : [composeDivider(front.lineEnd)]),
    ...others.flatMap(compose),
  ];
}

/** The section behind which messages off the active path stand. */
export function composeDivider(lineEnd: Unit["lineEnd"]): Unit {
  const attributes = new Map([["name", "alternates"]]);
  return composeUnit({ kind: "section", label: "Other versions", attributes, text: "" }, lineEnd);
}

function composeFront(model: ConversationModel): FrontMatter {
  const raw = encodeText(model.frontRaw ?? "");
  const known = readFrontMatter(raw, 0);
  if (typeof known === "string" || known.bytes.length !== raw.length) return composeFrontMatter(model.front);
  let front = known;
  for (const key of known.entries.keys()) {
    if (!Object.hasOwn(model.front, key)) front = setFrontEntry(front, key, undefined);
  }
  for (const [key, value] of Object.entries(model.front)) {
    if (front.entries.get(key) !== value) front = setFrontEntry(front, key, value);
  }
  return front.bytes.at(-1) === LINE_FEED ? front : { ...front, bytes: encodeText(`${model.frontRaw}\n`) };
}

function splitMessages({ front, messages, path }: ConversationModel): {
  readonly path: readonly NewMessage[];
  readonly others: readonly NewMessage[];
} {
  const indexById = new Map(messages.map(({ id }, index) => [id, index]));
  const drafts = messages.map(({ id, parent }) => ({ id, parent, isBehindDivider: false }));
  const isStale = front["head"] !== undefined && indexById.has(front["head"]) && !path.includes(front["head"]);
  const active = new Set(buildTree(drafts, indexById, isStale ? front["head"] : path.at(-1)).path);
  const onPath = [...active].flatMap((index) => messages[index] ?? []);
  return { path: onPath, others: messages.filter((_, index) => !active.has(index)) };
}
