/** The way out for texts about conflicts: marks of a merge that nobody made. */
import { composeUnit } from "./compose-unit.ts";
import { hasOpenConflict } from "./conflict.ts";
import type { Conversation } from "./conversation.ts";
import { conflictLine, documentBytes } from "./document.ts";
import type { Unit } from "./unit.ts";

/**
 * The file with the same texts, those written as JSON (`enc`) that begin or end a conflict with a text of another unit:
 * then no mark of them counts. Undefined where marks stand that no unit holds, so that they would go on counting.
 */
export function conflictMarksAsText({ source }: Conversation): Uint8Array | undefined {
  const document = { ...source.document, units: source.document.units.map(asText) };
  return conflictLine(document) === undefined ? documentBytes(document) : undefined;
}

function asText(unit: Unit): Unit {
  if (unit.conflictMarks.length === 0) return unit;
  const { kind, label, attributes, lineEnd } = unit;
  const { text, raw } = unit.content();
  if (raw !== undefined || !hasOpenConflict(text)) return unit;
  return composeUnit({ kind, label, attributes, text }, lineEnd);
}
