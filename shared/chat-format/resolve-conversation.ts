/** From spans to a conversation: names, tree, active path, problems. */
import { decodeText } from "./bytes.ts";
import type { Conversation, ConversationProblem, Message, Part } from "./conversation.ts";
import { type ConversationSource, groupUnits, type ResolvedMessage } from "./conversation-source.ts";
import { type ChatDocument, conflictLine } from "./document.ts";
import { FORMAT } from "./front-matter.ts";
import { buildTree } from "./message-tree.ts";
import { readPreamble } from "./preamble.ts";
import { findProblems } from "./problems.ts";
import { resolveIds } from "./resolve-ids.ts";
import type { Unit } from "./unit.ts";

const NO_FRONT: ReadonlyMap<string, string> = new Map();
const MESSAGE_FIELDS: ReadonlySet<string> = new Set(["id", "parent", "role", "enc", "eol"]);
const PART_FIELDS: ReadonlySet<string> = new Set(["id", "type", "enc", "eol"]);

/** `previous` is what the document was edited from: messages whose units and names are the same are taken over. */
export function resolveConversation(document: ChatDocument, previous?: Conversation): Conversation {
  const { units, front } = document;
  const entries = front?.entries ?? NO_FRONT;
  const groups = groupUnits(units);
  const ids = resolveIds(units, groups);
  const indexById = new Map(ids.messages.map(({ id }, index) => [id, index]));
  const drafts = groups.map((group, index) => ({
    id: ids.messages[index]?.id ?? "",
    parent: group.own === undefined ? undefined : units[group.own]?.attributes.get("parent"),
    isBehindDivider: group.isBehindDivider,
  }));
  const tree = buildTree(drafts, indexById, entries.get("head"));
  const idAt = (index: number): string => drafts[index]?.id ?? "root";
  const resolved = groups.map(
    (group, index): ResolvedMessage => ({
      ...group,
      id: idAt(index),
      hasOwnId: ids.messages[index]?.problem === undefined,
      hasOwnParent: drafts[index]?.parent !== undefined,
      parent: idAt(tree.parents[index] ?? -1),
      partIds: group.parts.map((part) => ids.parts.get(part)?.id ?? ""),
    }),
  );
  const source = { document, messages: resolved, indexById };
  const readOnly = readOnlyReason(document, entries);
  const takeOver = messagesOf(previous, units);
  return withLazyFields(source, {
    front: entries,
    messages: resolved.map((message) => takeOver(message) ?? makeMessage(message, units)),
    path: tree.path.map(idAt),
    head: tree.path.length === 0 ? undefined : idAt(tree.path.at(-1) ?? -1),
    source,
    ...(readOnly && { readOnly }),
    problems: () => findProblems(source, ids, tree),
  });
}

/** The same messages below another front matter; `document` differs in keys that say nothing about messages. */
export function withOtherFront(conversation: Conversation, document: ChatDocument): Conversation {
  const { messages, path, head, readOnly } = conversation;
  const source = { ...conversation.source, document };
  return withLazyFields(source, {
    front: document.front?.entries ?? NO_FRONT,
    messages,
    path,
    head,
    source,
    ...(readOnly && { readOnly }),
    problems: () => resolveConversation(document).problems,
  });
}

/** Finds a message of the conversation before the edit again; edits keep the order, so looking at the next two is enough. */
function messagesOf(
  previous: Conversation | undefined,
  units: readonly Unit[],
): (message: ResolvedMessage) => Message | undefined {
  if (previous === undefined) return () => undefined;
  const { messages: before, document } = previous.source;
  let next = 0;
  return (message) => {
    for (const at of [next, next + 1]) {
      const candidate = before[at];
      if (candidate === undefined || !isSameMessage(message, units, candidate, document.units)) continue;
      next = at + 1;
      return previous.messages[at];
    }
    return undefined;
  };
}

function isSameMessage(
  one: ResolvedMessage,
  units: readonly Unit[],
  other: ResolvedMessage,
  otherUnits: readonly Unit[],
): boolean {
  const isSame = one.id === other.id && one.parent === other.parent && one.parts.length === other.parts.length;
  if (!isSame || unitOf(one.own, units) !== unitOf(other.own, otherUnits)) return false;
  return one.parts.every(
    (part, position) =>
      units[part] === otherUnits[other.parts[position] ?? -1] && one.partIds[position] === other.partIds[position],
  );
}

function unitOf(index: number | undefined, units: readonly Unit[]): Unit | undefined {
  return index === undefined ? undefined : units[index];
}

type EagerFields = Pick<Conversation, "front" | "messages" | "path" | "head" | "source" | "readOnly">;

function withLazyFields(
  source: ConversationSource,
  fields: EagerFields & { readonly problems: () => readonly ConversationProblem[] },
): Conversation {
  const { problems: find, ...eager } = fields;
  const { document } = source;
  let problems: readonly ConversationProblem[] | undefined;
  return {
    ...eager,
    get frontRaw() {
      return document.front === undefined ? "" : decodeText(document.front.bytes);
    },
    get preamble() {
      return readPreamble(document.preamble).text;
    },
    get problems() {
      problems ??= find();
      return problems;
    },
  };
}

function readOnlyReason(document: ChatDocument, front: ReadonlyMap<string, string>): Conversation["readOnly"] {
  if (conflictLine(document) !== undefined) return "conflict";
  return (front.get("format") ?? FORMAT) === FORMAT ? undefined : "other-format";
}

function makeMessage(message: ResolvedMessage, units: readonly Unit[]): Message {
  const own = unitOf(message.own, units);
  return {
    id: message.id,
    parent: message.parent,
    role: own?.attributes.get("role") || "user",
    label: own?.label ?? "",
    attributes: fieldsWithout(own?.attributes, MESSAGE_FIELDS),
    get text() {
      return own?.content().text ?? "";
    },
    get raw() {
      return own?.content().raw;
    },
    parts: message.parts.map((index, position) => makePart(units[index] as Unit, message.partIds[position] ?? "")),
  };
}

function makePart(unit: Unit, id: string): Part {
  return {
    id,
    type: unit.attributes.get("type") || "text",
    label: unit.label,
    attributes: fieldsWithout(unit.attributes, PART_FIELDS),
    get text() {
      return unit.content().text;
    },
    get raw() {
      return unit.content().raw;
    },
  };
}

/** Without a prototype, so that no attribute of a file is ever mistaken for a method. */
function fieldsWithout(
  attributes: ReadonlyMap<string, string> | undefined,
  fields: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of attributes ?? []) if (!fields.has(name)) record[name] = value;
  return record;
}
