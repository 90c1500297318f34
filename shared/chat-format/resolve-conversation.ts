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

export function resolveConversation(document: ChatDocument): Conversation {
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
  return withLazyFields(source, {
    front: entries,
    messages: resolved.map((message) => makeMessage(message, units)),
    path: tree.path.map(idAt),
    head: tree.path.length === 0 ? undefined : idAt(tree.path.at(-1) ?? -1),
    source,
    ...(readOnly && { readOnly }),
    problems: () => findProblems(source, ids, tree),
  });
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
  const own = message.own === undefined ? undefined : units[message.own];
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
