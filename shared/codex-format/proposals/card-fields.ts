/** What the fields of a card mean, by our own names and by those of other boards. */

import type { RecordField } from "../records/record.ts";
import { plainWord } from "../roster/agent-fields.ts";
import type { BoardCard } from "./board.ts";
import { statusOfWord } from "./board-status.ts";

export const CARD_FIELDS = ["Status", "Agent", "Proposed by", "Date", "Priority", "Source"] as const;

/** Other names, for display only. */
const ALIASES: Readonly<Record<(typeof CARD_FIELDS)[number], readonly string[]>> = {
  Status: ["state"],
  Agent: ["owner", "assignee", "assigned to", "assigned", "agents"],
  "Proposed by": ["author", "created by", "reporter"],
  Date: ["created", "created at", "added", "due", "deadline"],
  Priority: ["prio"],
  Source: ["feedback", "source_ref", "ref"],
};

const FEEDBACK_ID = /(?<![\w-])fb-[a-z0-9]{1,64}(?![a-z0-9])/g;

type CardFacts = Pick<BoardCard, "agent" | "proposedBy" | "date" | "priority" | "source" | "feedback">;

/** The first field of a name; then, for cards of other boards, of one of its other names. */
export function cardField(fields: readonly RecordField[], name: (typeof CARD_FIELDS)[number]): RecordField | undefined {
  const names = [name.toLowerCase(), ...ALIASES[name]];
  for (const wanted of names) {
    const found = fields.find((field) => field.name.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the fields of a card mean; what is absent is left out. */
export function cardFacts(fields: readonly RecordField[]): CardFacts {
  const source = cardField(fields, "Source")?.value;
  const facts = {
    agent: plainWord(cardField(fields, "Agent")?.value),
    proposedBy: plainWord(cardField(fields, "Proposed by")?.value),
    date: plainWord(cardField(fields, "Date")?.value),
    priority: cardField(fields, "Priority")?.value,
    source,
  };
  const present = Object.entries(facts).filter(([, value]) => value !== undefined && value !== "");
  return { ...Object.fromEntries(present), feedback: feedbackIds(source ?? "") };
}

/** Ids of feedback in a text, in order, each once. */
export function feedbackIds(text: string): readonly string[] {
  return [...new Set(text.match(FEEDBACK_ID) ?? [])];
}

/** The status of a field, with the span that an edit replaces. */
export function wordStatus(
  fields: readonly RecordField[],
): Pick<BoardCard, "status" | "statusText" | "statusForm" | "statusSpan"> {
  const field = cardField(fields, "Status");
  if (field === undefined) return {};
  const status = statusOfWord(field.value);
  const known = status === undefined ? {} : { status };
  return { ...known, statusText: field.value, statusForm: "word", statusSpan: field.valueSpan };
}
