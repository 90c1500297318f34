import { decodeStrictly } from "../../chat-format/bytes.ts";
import { isSeparator, readHeadings } from "./headings.ts";
import { dropBlankLines, type Lines, lineSpan, readLines, skipBlankLines, spanText } from "./lines.ts";
import type {
  BetweenRecords,
  InvalidRecord,
  MarkdownRecord,
  RecordKind,
  RecordProblem,
  RecordsFile,
} from "./record.ts";
import { readFields } from "./record-fields.ts";
import { headRest, type RecordHead, readHead } from "./record-head.ts";

/** A place in the file where a piece starts. */
interface Boundary {
  readonly line: number;
  readonly type: "record" | "invalid" | "between";
  readonly head?: RecordHead;
}

/**
 * Reads record Markdown. Never throws, whatever the bytes; nothing is left out: preamble and pieces cover the file.
 * An agent ends before the next heading of level 1 or 2, a task only before the next task.
 */
export function readRecords(bytes: Uint8Array, kind: RecordKind): RecordsFile {
  return recordsOf(readLines(bytes), kind);
}

/** All records of one kind, and what stands between them; the pieces cover the file without a gap. */
export function recordsOf(lines: Lines, kind: RecordKind): RecordsFile {
  const boundaries = findBoundaries(lines, kind);
  const count = lines.texts.length;
  const keys = new Set<string>();
  const pieces = boundaries.map((boundary, index) => {
    const next = boundaries[index + 1]?.line ?? count;
    if (boundary.head !== undefined)
      return readRecord(lines, kind, boundary.head, { first: boundary.line, next, keys });
    return boundary.type === "invalid" ? readInvalid(lines, kind, boundary.line, next) : between(lines, boundary, next);
  });
  return { preamble: { start: 0, end: pieces[0]?.span.start ?? lines.bytes.length }, pieces };
}

function findBoundaries(lines: Lines, kind: RecordKind): readonly Boundary[] {
  const boundaries: Boundary[] = [];
  for (const { line, level } of readHeadings(lines)) {
    const head = readHead(lines, line, kind);
    if (head !== undefined) boundaries.push({ line, type: "record", head });
    else if (headRest(lines, line, kind) !== undefined) boundaries.push({ line, type: "invalid" });
    else if (kind === "Agent" && level <= 2 && endsRecord(boundaries.at(-1)))
      boundaries.push({ line, type: "between" });
  }
  return boundaries;
}

function endsRecord(before: Boundary | undefined): boolean {
  return before !== undefined && before.type !== "between";
}

function readRecord(
  lines: Lines,
  kind: RecordKind,
  { key, title, problems }: RecordHead,
  place: { readonly first: number; readonly next: number; readonly keys: Set<string> },
): MarkdownRecord {
  const { first, next, keys } = place;
  const { fields, nextLine } = readFields(lines, first + 1, next);
  const span = lineSpan(lines, first, next);
  const found = new Set<RecordProblem>(problems);
  if (keys.has(key)) found.add("duplicate-key");
  keys.add(key);
  if (decodeStrictly(lines.bytes.subarray(span.start, span.end)) === undefined) found.add("not-utf8");
  for (const field of fields) for (const flag of field.flags) found.add(`field-${flag}`);
  const bodyFirst = skipBlankLines(lines, nextLine, next);
  return {
    type: "record",
    kind,
    key,
    ...(title === undefined ? {} : { title }),
    span,
    head: lineSpan(lines, first, first + 1),
    fields,
    body: lineSpan(lines, bodyFirst, contentEnd(lines, bodyFirst, next)),
    problems: [...found],
  };
}

/** Where the content of [first, last) ends: before blank lines and one closing `---`. */
function contentEnd(lines: Lines, first: number, last: number): number {
  const end = dropBlankLines(lines, first, last);
  return end > first && isSeparator(lines, end - 1) ? dropBlankLines(lines, first, end - 1) : end;
}

function readInvalid(lines: Lines, kind: RecordKind, first: number, next: number): InvalidRecord {
  const span = lineSpan(lines, first, next);
  const reason = `The heading names no key: it reads \`## ${kind}: \`, and behind it a key in back-ticks.`;
  return { type: "invalid", raw: spanText(lines.bytes, span), span, reason };
}

function between(lines: Lines, { line }: Boundary, next: number): BetweenRecords {
  return { type: "between", span: lineSpan(lines, line, next) };
}
