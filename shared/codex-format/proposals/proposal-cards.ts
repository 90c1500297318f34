/** Cards of our own form: records `## Task:`. */

import { findField } from "../records/edit-records.ts";
import type { Heading } from "../records/headings.ts";
import { type Lines, lineAt, spanText } from "../records/lines.ts";
import type { MarkdownRecord } from "../records/record.ts";
import { isEntryDate } from "../task-log/entry-date.ts";
import type { BoardCard, CardProblem } from "./board.ts";
import { exactStatus, statusOfWord } from "./board-status.ts";
import { CARD_FIELDS, cardFacts } from "./card-fields.ts";
import { readChecklist, readSections } from "./card-parts.ts";

/** `pt-` and six characters of base 32 (digits and letters without i, l, o, u). */
export const PROPOSAL_KEY: RegExp = /^pt-[0-9a-hjkmnp-tv-z]{6}$/;

const KNOWN = new Set<string>(CARD_FIELDS.map((name) => name.toLowerCase()));

/** A card of Folio's own board from its record. */
export function proposalCard(lines: Lines, headings: readonly Heading[], record: MarkdownRecord): BoardCard {
  const { fields, key, span } = record;
  const first = lineAt(lines, record.body.start);
  const last = lineAt(lines, span.end);
  const field = findField(fields, "Status");
  const status = statusOfWord(field?.value ?? "");
  const form =
    field === undefined ? {} : ({ statusText: field.value, statusForm: "word", statusSpan: field.valueSpan } as const);
  return {
    key,
    title: record.title ?? "",
    ...(status === undefined ? {} : { status }),
    ...form,
    ...cardFacts(fields),
    fields,
    sections: readSections(lines, headings, first, last),
    checklist: readChecklist(lines, first, last),
    span,
    raw: spanText(lines.bytes, span),
    problems: problemsOf(record, field?.value),
  };
}

function problemsOf(record: MarkdownRecord, status: string | undefined): readonly CardProblem[] {
  const problems: CardProblem[] = [...record.problems];
  if (!PROPOSAL_KEY.test(record.key)) problems.push("foreign-key");
  if (record.title === undefined) problems.push("missing-title");
  if (status === undefined || status === "") problems.push("missing-status");
  else if (exactStatus(status) === undefined) problems.push("unknown-status");
  if (!findField(record.fields, "Proposed by")?.value) problems.push("missing-proposed-by");
  const date = findField(record.fields, "Date")?.value ?? "";
  if (date === "") problems.push("missing-date");
  else if (date.length !== 10 || !isEntryDate(date)) problems.push("wrong-date");
  if (record.fields.some(({ name }) => !KNOWN.has(name.toLowerCase()))) problems.push("unknown-field");
  return problems;
}
