/** Which units of a document make which message, and under which names they are known. */
import type { ChatDocument } from "./document.ts";
import type { Unit } from "./unit.ts";

export interface MessageUnits {
  /** Index of the message's own unit; undefined for parts that stand before any message. */
  readonly own: number | undefined;
  readonly parts: readonly number[];
  readonly isBehindDivider: boolean;
}

export interface ResolvedMessage extends MessageUnits {
  readonly id: string;
  /** Whether the id stands in the marker line or was derived. */
  readonly hasOwnId: boolean;
  readonly hasOwnParent: boolean;
  readonly parent: string;
  readonly partIds: readonly string[];
}

export interface ConversationSource {
  readonly document: ChatDocument;
  /** In the order of the file. */
  readonly messages: readonly ResolvedMessage[];
  /** Index into `messages`. */
  readonly indexById: ReadonlyMap<string, number>;
}

/** Index of the first unit that divides the active path from other versions, or -1. */
export function dividerIndex(units: readonly Unit[]): number {
  return units.findIndex((unit) => unit.kind === "section" && unit.attributes.get("name") === "alternates");
}

/** Gives every part to the message before it. */
export function groupUnits(units: readonly Unit[]): MessageUnits[] {
  const divider = dividerIndex(units);
  const groups: { own: number | undefined; parts: number[]; isBehindDivider: boolean }[] = [];
  units.forEach((unit, index) => {
    const isBehindDivider = divider !== -1 && index > divider;
    if (unit.kind === "message") groups.push({ own: index, parts: [], isBehindDivider });
    if (unit.kind !== "part") return;
    const last = groups.at(-1);
    if (last === undefined) groups.push({ own: undefined, parts: [index], isBehindDivider });
    last?.parts.push(index);
  });
  return groups;
}

export function firstUnit(message: MessageUnits): number {
  return message.own ?? message.parts[0] ?? 0;
}

export function lastUnit(message: MessageUnits): number {
  return message.parts.at(-1) ?? message.own ?? 0;
}
