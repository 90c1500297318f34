import { composeDivider } from "./compose-conversation.ts";
import { composeMessage } from "./compose-message.ts";
import { ALL_PROTECTIONS, completeUnit, type Protections, replaceMarker } from "./compose-unit.ts";
import type { Conversation, ConversationEdit, Message, NewMessage, NewPart } from "./conversation.ts";
import { dividerIndex, firstUnit, lastUnit, type ResolvedMessage } from "./conversation-source.ts";
import type { ChatDocument } from "./document.ts";
import { composeFrontMatter } from "./front-matter.ts";
import { insertUnits, lineEndBefore, replaceUnit, setFront } from "./insert-units.ts";
import { resolveConversation, withOtherFront } from "./resolve-conversation.ts";
import type { Unit } from "./unit.ts";

const FIXED_ATTRIBUTES: ReadonlySet<string> = new Set(["id", "enc", "eol"]);

/**
 * Applies edits in order. Only the units they name are written anew; all other bytes stay. The result equals parsing
 * what `writeConversation` gives for it.
 * @throws RangeError for an id that is not there or taken already, a bad name of a key or attribute, front matter over
 * 64 KiB, or a conversation that is read-only.
 */
export function editConversation(conversation: Conversation, edits: readonly ConversationEdit[]): Conversation {
  return editUnprotected(conversation, edits, ALL_PROTECTIONS);
}

/** As `editConversation`, with a protection switched off: only to see in tests that it would be missed. */
function editUnprotected(
  conversation: Conversation,
  edits: readonly ConversationEdit[],
  protections: Protections,
): Conversation {
  let edited = conversation;
  for (const edit of edits) {
    if (edited.readOnly !== undefined) throw new RangeError(`The conversation is read-only (${edited.readOnly}).`);
    const document = applyEdit(edited, edit, protections);
    edited = saysNothingOfMessages(edit, edited)
      ? withOtherFront(edited, document)
      : resolveConversation(document, edited);
  }
  return edited;
}

function saysNothingOfMessages(edit: ConversationEdit, { source }: Conversation): boolean {
  const isOther = edit.type === "set-front" && edit.key !== "head" && edit.key !== "format";
  return isOther && source.document.front !== undefined;
}

function applyEdit(conversation: Conversation, edit: ConversationEdit, protections: Protections): ChatDocument {
  switch (edit.type) {
    case "set-front": {
      const names = edit.key === "head" && edit.value !== undefined ? [edit.value] : [];
      const document = writeDerivedIds(conversation, names);
      return setFront(document, edit.key, edit.value, () => composeFrontMatter({}));
    }
    case "add-message":
      return addMessage(conversation, edit.message, protections);
    case "replace-message":
      return replaceMessage(conversation, edit.id, edit.message, protections);
    case "set-message-attributes":
      return setAttributes(conversation, edit.id, edit.set);
  }
}

function addMessage(conversation: Conversation, message: NewMessage, protections: Protections): ChatDocument {
  if (message.id === "" || message.id === "root") throw new RangeError(`"${message.id}" cannot be a message's id.`);
  if (conversation.source.indexById.has(message.id))
    throw new RangeError(`There is a message "${message.id}" already.`);
  const document = writeDerivedIds(conversation, [message.parent]);
  const divider = dividerIndex(document.units);
  const extendsPath = message.parent === (conversation.head ?? "root");
  const index = extendsPath ? indexBehindPath(conversation, divider) : document.units.length;
  const units = composeMessage(message, lineEndBefore(document, index), protections);
  const isDividerDue = !extendsPath && divider === -1;
  return insertUnits(
    document,
    index,
    isDividerDue ? [composeDivider(lineEndBefore(document, index)), ...units] : units,
    protections,
  );
}

/**
 * Behind the active leaf, unless that would change what a later message is called or follows: derived ids count the
 * messages before them, and a message without `parent` follows the one before it. Then the end of the file.
 */
function indexBehindPath(conversation: Conversation, divider: number): number {
  const { messages, indexById, document } = conversation.source;
  const { head } = conversation;
  const leaf = head === undefined ? -1 : (indexById.get(head) ?? -1);
  const later = messages.slice(leaf + 1);
  const isSafe = later.every((message) => message.hasOwnId && message.hasOwnParent);
  if (!isSafe) return document.units.length;
  const leafMessage = messages[leaf];
  if (leafMessage !== undefined) return lastUnit(leafMessage) + 1;
  return divider === -1 ? document.units.length : divider;
}

function replaceMessage(
  conversation: Conversation,
  id: string,
  message: NewMessage,
  protections: Protections,
): ChatDocument {
  const { resolved, known } = findMessage(conversation, id);
  if (message.id !== id) throw new RangeError(`A message keeps its id: "${id}" cannot become "${message.id}".`);
  const document = writeDerivedIds(conversation, [message.parent]);
  const at = firstUnit(resolved);
  const old = document.units[at] as Unit;
  const lineEnd = resolved.own === undefined ? lineEndBefore(document, at) : old.lineEnd;
  const composed = composeMessage(message, lineEnd, protections);
  const kept = keepEqualParts(document, resolved, known, message.parts, composed.slice(1));
  const own = isSameOwn(known, resolved, message) ? (document.units[at] as Unit) : (composed[0] as Unit);
  const gone = new Set([at, ...resolved.parts]);
  const units = document.units.flatMap((unit, index) => {
    if (index === at) return [own, ...kept];
    return gone.has(index) ? [] : [unit];
  });
  return completeKept({ ...document, units }, at, kept.length + 1, protections);
}

/** A unit that kept its bytes may have been the last of the file and lack framing. In one pass, however many there are. */
function completeKept(document: ChatDocument, at: number, count: number, protections: Protections): ChatDocument {
  const last = Math.min(at + count, document.units.length - 1);
  const units = document.units.map((unit, index) =>
    index >= at && index < last ? completeUnit(unit, protections) : unit,
  );
  return { ...document, units };
}

function isSameOwn(known: Message, resolved: ResolvedMessage, message: NewMessage): boolean {
  if (resolved.own === undefined || !resolved.hasOwnId || !resolved.hasOwnParent) return false;
  const isSameHead = known.parent === message.parent && known.role === message.role && known.label === message.label;
  return isSameHead && isSameText(known, message);
}

function keepEqualParts(
  document: ChatDocument,
  resolved: ResolvedMessage,
  known: Message,
  parts: readonly NewPart[],
  composed: readonly Unit[],
): Unit[] {
  const byId = new Map(known.parts.map((part, position) => [part.id, position]));
  return parts.map((part, position) => {
    const fresh = composed[position] as Unit;
    const old = byId.get(part.id);
    const oldPart = old === undefined ? undefined : known.parts[old];
    const oldUnit = old === undefined ? undefined : document.units[resolved.parts[old] ?? -1];
    if (oldPart === undefined || oldUnit?.attributes.get("id") !== part.id) return fresh;
    const isSame = oldPart.type === part.type && oldPart.label === part.label && isSameText(oldPart, part);
    return isSame ? oldUnit : fresh;
  });
}

function isSameText(known: Omit<NewPart, "type">, next: Omit<NewPart, "type">): boolean {
  const names = Object.keys(next.attributes);
  if (names.length !== Object.keys(known.attributes).length) return false;
  return names.every((name) => known.attributes[name] === next.attributes[name]) && known.text === next.text;
}

function setAttributes(
  conversation: Conversation,
  id: string,
  set: Readonly<Record<string, string | undefined>>,
): ChatDocument {
  const { resolved, known } = findMessage(conversation, id);
  const fixed = Object.keys(set).find((name) => FIXED_ATTRIBUTES.has(name));
  if (fixed !== undefined) throw new RangeError(`"${fixed}" cannot be set.`);
  const document = writeDerivedIds(conversation, set["parent"] === undefined ? [] : [set["parent"]]);
  if (resolved.own === undefined) {
    const units = composeMessage({ ...known, parts: [] }, lineEndBefore(document, firstUnit(resolved)));
    const inserted = insertUnits(document, firstUnit(resolved), units);
    return setUnitAttributes(inserted, firstUnit(resolved), set);
  }
  return setUnitAttributes(document, resolved.own, { ...missingFields(resolved, known), ...set });
}

/** What every written marker line has: the id, the parent and the role by which the message is known. */
function missingFields(resolved: ResolvedMessage, known: Message): Record<string, string> {
  const parent = resolved.hasOwnParent ? {} : { parent: known.parent };
  return { id: known.id, role: known.role, ...parent };
}

function setUnitAttributes(
  document: ChatDocument,
  index: number,
  set: Readonly<Record<string, string | undefined>>,
): ChatDocument {
  const unit = document.units[index] as Unit;
  const attributes = new Map(unit.attributes);
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined) attributes.delete(name);
    if (value !== undefined) attributes.set(name, value);
  }
  return replaceUnit(document, index, replaceMarker(unit, { ...unit, attributes }));
}

/** Derived ids that a written line is going to name are put into the marker lines of their messages. */
function writeDerivedIds(conversation: Conversation, names: readonly string[]): ChatDocument {
  const { messages, indexById } = conversation.source;
  let { document } = conversation.source;
  for (const name of names) {
    const message = messages[indexById.get(name) ?? -1];
    if (message?.own === undefined || message.hasOwnId) continue;
    document = setUnitAttributes(document, message.own, { id: name });
  }
  return document;
}

function findMessage(
  conversation: Conversation,
  id: string,
): { readonly resolved: ResolvedMessage; readonly known: Message } {
  const index = conversation.source.indexById.get(id) ?? -1;
  const resolved = conversation.source.messages[index];
  const known = conversation.messages[index];
  if (resolved === undefined || known === undefined) throw new RangeError(`There is no message "${id}".`);
  return { resolved, known };
}
