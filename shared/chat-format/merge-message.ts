/** Three versions of one message become one, or two when both sides wrote something else. */
import { replaceMarker } from "./compose-unit.ts";
import type { Conversation, Message } from "./conversation.ts";
import type { ResolvedMessage } from "./conversation-source.ts";
import type { Unit } from "./unit.ts";

/** A message with the bytes it stands in. */
export interface PlacedMessage {
  readonly message: Message;
  readonly resolved: ResolvedMessage;
  /** Its own unit first, when it has one, then its parts. */
  readonly units: readonly Unit[];
}

export interface MessageMerge {
  readonly source: PlacedMessage;
  readonly units: readonly Unit[];
  readonly parent: string;
  /** What the other side made of it, when neither can stand for both. */
  readonly version?: PlacedMessage;
}

export interface MessageSides {
  readonly base: PlacedMessage | undefined;
  readonly ours: PlacedMessage;
  readonly theirs: PlacedMessage;
}

type Choice = Pick<MessageMerge, "source" | "version"> & { readonly isOneSided: "yes" | "no" };

/** Each message by its id, with the units that it stands in. */
export function placedMessages(conversation: Conversation | undefined): ReadonlyMap<string, PlacedMessage> {
  if (conversation === undefined) return new Map();
  const { messages, document } = conversation.source;
  return new Map(
    messages.map((resolved, index) => {
      const indexes = [...(resolved.own === undefined ? [] : [resolved.own]), ...resolved.parts];
      const units = indexes.map((at) => document.units[at] as Unit);
      return [resolved.id, { message: conversation.messages[index] as Message, resolved, units }];
    }),
  );
}

/** Whether nothing was changed but bytes that mean nothing. */
export function isSameMessage(one: PlacedMessage, other: PlacedMessage): boolean {
  const [left, right] = [one.message, other.message];
  if (left.parent !== right.parent || left.label !== right.label) return false;
  return sortedJson(left.attributes) === sortedJson(right.attributes) && contentOf(left) === contentOf(right);
}

/** What was said, by whom: of two that differ in it, neither stands for the other. */
export function contentOf({ role, text, raw, parts }: Message): string {
  const bodies = parts.map((part) => [part.type, sortedJson(part.attributes), part.text, bytesWord(part.raw)]);
  return JSON.stringify([role, text, bytesWord(raw), bodies]);
}

/** What the merged file has of one message that both sides have. */
export function mergeMessage(sides: MessageSides): MessageMerge {
  const { base, ours, theirs } = sides;
  const { source, version, isOneSided } = chooseContent(sides);
  if (version !== undefined) return { source, units: source.units, parent: source.message.parent, version };
  if (base === undefined) return { source, units: source.units, parent: ours.message.parent };
  const parent = threeWay(base.message.parent, ours.message.parent, theirs.message.parent);
  const [own, ...parts] = source.units;
  const isMarked = source.resolved.own !== undefined && own !== undefined;
  if (isOneSided === "yes" || !isMarked) return { source, units: source.units, parent };
  const marked = mergeMarker(own, source, { base, ours, theirs });
  return { source, units: marked === own ? source.units : [marked, ...parts], parent };
}

/** What changed on one side only is taken; of what changed on both, ours. Absent counts as a value. */
export function threeWay<Value>(base: Value, ours: Value, theirs: Value): Value {
  return ours === base ? theirs : ours;
}

function chooseContent({ base, ours, theirs }: MessageSides): Choice {
  const our = contentOf(ours.message);
  const their = contentOf(theirs.message);
  if (our === their) return { source: ours, isOneSided: "no" };
  const before = base && contentOf(base.message);
  if (our === before) return { source: theirs, isOneSided: "no" };
  if (their === before) return { source: ours, isOneSided: "no" };
  if (isEarlierState(theirs.message, ours.message)) return { source: ours, isOneSided: "yes" };
  if (isEarlierState(ours.message, theirs.message)) return { source: theirs, isOneSided: "yes" };
  return { source: ours, version: theirs, isOneSided: "yes" };
}

/** An answer that was copied while it grew is nobody's wording: all of it is in what it became. */
function isEarlierState(early: Message, late: Message): boolean {
  if (early.attributes["status"] !== "streaming" || early.role !== late.role) return false;
  if (early.raw !== undefined || early.parts.length > late.parts.length) return false;
  const isLast = early.parts.length === 0;
  if (isLast ? !late.text.startsWith(early.text) : late.text !== early.text) return false;
  return early.parts.every((part, index) => {
    const now = late.parts[index];
    if (now?.type !== part.type || part.raw !== undefined) return false;
    if (sortedJson(now.attributes) !== sortedJson(part.attributes)) return false;
    return index < early.parts.length - 1 ? now.text === part.text : now.text.startsWith(part.text);
  });
}

/** Label and attributes, each for itself. */
function mergeMarker(own: Unit, source: PlacedMessage, sides: MessageSides & { readonly base: PlacedMessage }): Unit {
  const [base, ours, theirs] = [sides.base.message, sides.ours.message, sides.theirs.message];
  const attributes = new Map(own.attributes);
  const names = [base, ours, theirs].flatMap((message) => Object.keys(message.attributes));
  let isChanged = false;
  for (const name of new Set(names)) {
    const value = threeWay(base.attributes[name], ours.attributes[name], theirs.attributes[name]);
    if (value === source.message.attributes[name]) continue;
    isChanged = true;
    if (value === undefined) attributes.delete(name);
    else attributes.set(name, value);
  }
  const label = threeWay(base.label, ours.label, theirs.label);
  return isChanged || label !== own.label ? replaceMarker(own, { kind: own.kind, label, attributes }) : own;
}

function sortedJson(record: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function bytesWord(raw: Uint8Array | undefined): string {
  return raw === undefined ? "" : raw.join(" ");
}
