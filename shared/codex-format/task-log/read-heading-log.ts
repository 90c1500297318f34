import type { EntryItems } from "./entry-items.ts";
import type { MarkdownLine } from "./markdown-lines.ts";
import type { ByteSpan, TaskLogItem } from "./task-log.ts";

type Section = {
  readonly heading: MarkdownLine | undefined;
  readonly date: string | undefined;
  readonly body: MarkdownLine[];
};

const DAY = /\d{4}-\d\d-\d\d/;
const TIME = /\b\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp][Mm])?\b/;
const STATUS = /^\**status\**\s*:\**\s*(.+)$/i;

/**
 * Logs that people write by hand: a heading with a day or a time is an entry with its status line; under other headings,
 * and under a day without a status, each bullet is one.
 */
export function readHeadingLog(lines: readonly MarkdownLine[], items: EntryItems): TaskLogItem[] {
  return splitSections(lines).flatMap((section) => readSection(section, items));
}

/** A day in a heading counts for the headings below it. */
function splitSections(lines: readonly MarkdownLine[]): Section[] {
  const sections: Section[] = [{ heading: undefined, date: undefined, body: [] }];
  let day: { readonly depth: number; readonly date: string } | undefined;
  for (const line of lines) {
    if (line.kind !== "heading") {
      sections.at(-1)?.body.push(line);
      continue;
    }
    const date = DAY.exec(line.text)?.[0];
    if (day !== undefined && line.depth <= day.depth) day = undefined;
    if (date !== undefined) day = { depth: line.depth, date };
    sections.push({ heading: line, date: date ?? day?.date, body: [] });
  }
  return sections;
}

function readSection(section: Section, items: EntryItems): TaskLogItem[] {
  const { heading, body } = section;
  const lines = body.filter(({ kind }) => kind !== "blank" && kind !== "separator");
  const isTimed = heading !== undefined && (DAY.test(heading.text) || TIME.test(heading.text));
  const hasStatus = lines.some(({ text }) => STATUS.test(text));
  const hasBullets = lines.some(({ kind }) => kind === "bullet");
  if (isTimed && (hasStatus || (!hasBullets && (lines.length > 0 || titleOf(heading.text) !== "")))) {
    return [readTimed(heading, section.date, lines, items)];
  }
  return readBullets(section, lines, items);
}

function readTimed(
  heading: MarkdownLine,
  date: string | undefined,
  lines: readonly MarkdownLine[],
  items: EntryItems,
): TaskLogItem {
  const status = lines.map(({ text }) => STATUS.exec(text)?.[1]).find((word) => word !== undefined);
  const texts = lines.map(({ text }) => text).filter((text) => !STATUS.test(text));
  const title = titleOf(heading.text);
  const [summary, ...notes] = title === "" ? texts : [title, ...texts];
  const value = {
    ...(date !== undefined && { date }),
    ...(summary !== undefined && { summary }),
    ...(status !== undefined && { status: statusWord(status) }),
    ...(notes.length > 0 && { notes: notes.join("\n") }),
  };
  const span = { start: heading.span.start, end: lines.at(-1)?.span.end ?? heading.span.end };
  return items.fromValue({ span, value, needsExactness: false });
}

/** The heading without its day, time, and the signs that part them. */
function titleOf(heading: string): string {
  return heading
    .replace(DAY, "")
    .replace(TIME, "")
    .replace(/^[\s\-–—:|,·()[\]TZ]+|[\s\-–—:|,·()[\]]+$/g, "");
}

function statusWord(text: string): string {
  const word = text.replace(/[*`]/g, "").trim().toLowerCase();
  if (/^(?:✅|completed?|done|finished)/u.test(word)) return "completed";
  return /^(?:❌|failed)/u.test(word) ? "failed" : word;
}

/** One entry a bullet with the lines below it; other text is an item of its own. */
function readBullets({ heading, date }: Section, lines: readonly MarkdownLine[], items: EntryItems): TaskLogItem[] {
  // One by one: as arguments of one call, the bullets of a long log are too many.
  const outermost = lines.reduce(
    (least, { kind, depth }) => (kind === "bullet" ? Math.min(least, depth) : least),
    Infinity,
  );
  const groups: { readonly first: MarkdownLine; readonly rest: MarkdownLine[] }[] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    if (group === undefined || (line.kind === "bullet" && line.depth <= outermost))
      groups.push({ first: line, rest: [] });
    else group.rest.push(line);
  }
  return groups.map(({ first, rest }) => {
    const span: ByteSpan = { start: first.span.start, end: (rest.at(-1) ?? first).span.end };
    if (first.kind !== "bullet") return items.invalid(span, "text outside of an entry");
    const { summary, status } = readBullet(first.text);
    const value = {
      ...{ summary, ...(status !== undefined && { status }), ...(date !== undefined && { date }) },
      ...(heading !== undefined && { phase: heading.text }),
      ...(rest.length > 0 && { notes: rest.map(({ text }) => text).join("\n") }),
    };
    return items.fromValue({ span, value, needsExactness: false });
  });
}

function readBullet(text: string): { readonly summary: string; readonly status?: string } {
  const box = /^\[([ xX~-])\]\s+(.*)$/.exec(text);
  if (box !== null) return { summary: box[2] ?? "", status: /x/i.test(box[1] ?? "") ? "completed" : "open" };
  const sign = /^(✅|❌|🚧|🕒)\s*(.*)$/u.exec(text);
  if (sign === null) return { summary: text };
  const status = sign[1] === "✅" ? "completed" : statusWord(sign[1] ?? "");
  return { summary: sign[2] ?? "", status: status === "🚧" || status === "🕒" ? "open" : status };
}
