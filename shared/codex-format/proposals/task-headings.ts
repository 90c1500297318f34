/** Boards of `## Task N — t`, `### Task 0.1: t`, `# Task 12: t - agent`, with lines `**Field**: value`. */
import { type Heading, isSeparator } from "../records/headings.ts";
import {
  byteOffsetAt,
  isVerbatim,
  type Lines,
  leadingBlanks,
  lineSpan,
  lineText,
  spanText,
  trimBlanks,
} from "../records/lines.ts";
import { unmarked, withoutPictures } from "../records/names.ts";
import type { RecordField } from "../records/record.ts";
import type { BoardCard } from "./board.ts";
import { statusEmoji } from "./board-status.ts";
import { cardFacts, cardField, wordStatus } from "./card-fields.ts";
import { readChecklist, readSections } from "./card-parts.ts";

interface TaskHeading {
  readonly heading: Heading;
  readonly key: string;
  readonly title: string;
  readonly agent?: string;
}

const TASK = /^Task[ \t]+#?(\d+(?:[.-]\d+)*[a-z]?)(?![\w])[ \t]*(?:[:.)–—-]+[ \t]*)?/i;
const AGENT_BEHIND = / [–—-] `?([a-z0-9][a-z0-9_-]*)`?$/;
const FIELD = /^[ \t]*(?:[-*+][ \t]+)?\*\*([^*]+?)(?::\*\*|\*\*[ \t]*:)/;

/** An empty list when no heading is of that form. */
export function taskHeadingCards(lines: Lines, headings: readonly Heading[]): readonly BoardCard[] {
  const tasks = headings.map(taskHeading);
  const cards: BoardCard[] = [];
  let lane: string | undefined;
  let open: Heading | undefined;
  for (const [index, heading] of headings.entries()) {
    const task = tasks[index];
    if (task !== undefined) {
      open = heading;
      const last = headings[endOf(tasks, headings, index)]?.line ?? lines.texts.length;
      cards.push(taskCard(lines, headings, task, { last, lane }));
    } else if (open === undefined || heading.level <= open.level) {
      open = undefined;
      lane = withoutPictures(heading.text);
    }
  }
  return cards;
}

/** The next task, or the next heading of this level or a higher one. */
function endOf(tasks: readonly unknown[], headings: readonly Heading[], task: number): number {
  const level = headings[task]?.level ?? 1;
  let index = task + 1;
  while (index < headings.length && tasks[index] === undefined && (headings[index]?.level ?? 0) > level) index++;
  return index;
}

function taskHeading(heading: Heading): TaskHeading | undefined {
  const text = withoutPictures(heading.text);
  const opening = TASK.exec(text);
  if (opening === null) return undefined;
  const rest = text.slice(opening[0].length);
  const behind = heading.level === 1 || rest.includes("_") ? AGENT_BEHIND.exec(rest.slice(-200)) : null;
  const title = behind === null ? rest : rest.slice(0, rest.length - behind[0].length);
  const agent = behind?.[1];
  const key = opening[1] as string;
  return { heading, key, title: title === "" ? text : title, ...(agent === undefined ? {} : { agent }) };
}

function taskCard(
  lines: Lines,
  headings: readonly Heading[],
  task: TaskHeading,
  place: { readonly last: number; readonly lane: string | undefined },
): BoardCard {
  const { key, title, agent, heading } = task;
  const { last } = place;
  const span = lineSpan(lines, heading.line, last);
  const fields = boldFields(lines, heading.nextLine, last);
  return {
    key,
    title,
    ...(place.lane === undefined ? {} : { lane: place.lane }),
    ...(agent === undefined ? {} : { agent }),
    ...(cardField(fields, "Status") === undefined ? headingStatus(heading) : wordStatus(fields)),
    ...cardFacts(fields),
    fields,
    sections: readSections(lines, headings, heading.nextLine, last),
    checklist: readChecklist(lines, heading.nextLine, last),
    span,
    raw: spanText(lines.bytes, span),
    problems: [],
  };
}

function headingStatus({ text }: Heading): Pick<BoardCard, "status" | "statusText"> {
  const emoji = statusEmoji(text);
  return emoji === undefined ? {} : { status: emoji.status, statusText: text.slice(0, emoji.length) };
}

/** Lines `**Field**: value` and `**Field:** value`, in bullets or not. */
function boldFields(lines: Lines, first: number, last: number): readonly RecordField[] {
  const fields: RecordField[] = [];
  for (let index = first; index < last; index++) {
    if (isVerbatim(lines, index) || isSeparator(lines, index)) continue;
    const text = lineText(lines, index);
    const found = FIELD.exec(text);
    if (found === null) continue;
    const at = found[0].length + leadingBlanks(text.slice(found[0].length));
    fields.push(fieldOnLine(lines, index, trimBlanks(found[1] as string), at));
  }
  return fields;
}

/** A field whose value starts at a character of a line and ends with the line. */
export function fieldOnLine(lines: Lines, index: number, name: string, at: number): RecordField {
  const value = trimBlanks(lineText(lines, index).slice(at));
  const start = byteOffsetAt(lines, index, at);
  const end = byteOffsetAt(lines, index, at + value.length);
  const span = lineSpan(lines, index, index + 1);
  return { name: unmarked(name), value, span, valueSpan: { start, end }, flags: value === "" ? ["empty"] : [] };
}
