import type { LineEnd } from "./bytes.ts";
import { composeUnit, type Protections, type UnitDraft } from "./compose-unit.ts";
import type { NewMessage, NewPart } from "./conversation.ts";
import type { Unit } from "./unit.ts";

/** The canonical units of a message: its own, then one for each part. @throws RangeError for a bad attribute name. */
export function composeMessage(message: NewMessage, lineEnd: LineEnd, protections?: Protections): Unit[] {
  const own = composeUnit(messageDraft(message), lineEnd, protections);
  return [own, ...message.parts.map((part) => composeUnit(partDraft(part), lineEnd, protections))];
}

function messageDraft(message: NewMessage): UnitDraft {
  const fields = { id: message.id, parent: message.parent, role: message.role || "user" };
  return { ...message, kind: "message", attributes: withFields(fields, message.attributes) };
}

function partDraft(part: NewPart): UnitDraft {
  const fields = { id: part.id, type: part.type || "text" };
  return { ...part, kind: "part", attributes: withFields(fields, part.attributes) };
}

function withFields(
  fields: Readonly<Record<string, string>>,
  attributes: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(attributes).filter(([name]) => !Object.hasOwn(fields, name)),
    ...Object.entries(fields),
  ]);
}
