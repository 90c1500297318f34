/** Edits of record Markdown: each returns new bytes and leaves every byte outside its span as it is. */
import { openBlockAtEnd } from "../../chat-format/block-scanner.ts";
import { CARRIAGE_RETURN, concatBytes, decodeText, encodeText, LINE_FEED } from "../../chat-format/bytes.ts";
import { lineEndOf } from "./lines.ts";
import { oneLine } from "./plain-text.ts";
import type { MarkdownRecord, RecordField, Span } from "./record.ts";

const SPACE = 0x20;
const TAB = 0x09;
const SEPARATOR = /^ {0,3}-{3,}[ \t]*$/;
/** HTML blocks of kinds 6 and 7 end with the blank line. */
const HTML_CLOSERS: Readonly<Record<number, string>> = { 1: "</pre>", 2: "-->", 3: "?>", 4: ">", 5: "]]>" };

/** Replaces one span. */
export function replaceSpan(bytes: Uint8Array, span: Span, text: string): Uint8Array {
  return concatBytes([bytes.subarray(0, span.start), encodeText(text), bytes.subarray(span.end)]);
}

/**
 * Gives a field a value, on one line; a field that is not there is added behind the others. The first field of that
 * name counts, in any case. `record` was read from these very bytes.
 */
export function setRecordField(
  bytes: Uint8Array,
  record: Pick<MarkdownRecord, "head" | "fields">,
  name: string,
  value: string,
): Uint8Array {
  const field = findField(record.fields, name);
  if (field === undefined) return addField(bytes, record, name, value);
  return replaceSpan(bytes, field.valueSpan, valueText(bytes, field.valueSpan, value));
}

/** The first field of a name; case does not matter. */
export function findField(fields: readonly RecordField[], name: string): RecordField | undefined {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted);
}

/** The value on one line, with a blank before it when it would touch its colon. */
export function valueText(bytes: Uint8Array, span: Span, value: string): string {
  const before = bytes[span.start - 1];
  const isApart = before === undefined || before === SPACE || before === TAB || before === LINE_FEED;
  return `${isApart ? "" : " "}${oneLine(value)}`;
}

function addField(
  bytes: Uint8Array,
  { head, fields }: Pick<MarkdownRecord, "head" | "fields">,
  name: string,
  value: string,
): Uint8Array {
  const end = lineEndOf(bytes);
  const at = fields.at(-1)?.span.end ?? head.end;
  const line = `- **${fieldName(name)}:** ${oneLine(value)}`;
  const isAtLineStart = bytes[at - 1] === LINE_FEED || bytes[at - 1] === CARRIAGE_RETURN;
  const before = isAtLineStart ? "" : end;
  if (fields.length > 0) return replaceSpan(bytes, { start: at, end: at }, `${before}${line}${end}`);
  return replaceSpan(bytes, { start: at, end: at }, `${before}${end}${line}${end}${startsBlank(bytes, at) ? "" : end}`);
}

/** A name can hold neither what ends it nor a line end. */
function fieldName(name: string): string {
  return oneLine(name.replaceAll("*", "").replaceAll(":", " "));
}

function startsBlank(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return true;
    if (byte !== SPACE && byte !== TAB) return false;
  }
  return true;
}

/** Takes the record's span out, with the `---` that closes it. */
export function removeRecord(bytes: Uint8Array, record: Pick<MarkdownRecord, "span">): Uint8Array {
  return replaceSpan(bytes, record.span, "");
}

/**
 * Appends a record (head first, without blank lines around it) behind a `---`. The old bytes stay as the start of the
 * new ones. A fence or comment that the file leaves open is closed first, or it would swallow the record.
 */
export function appendRecord(bytes: Uint8Array, recordText: string): Uint8Array {
  const { text, isOpen, hasContent } = fileEnd(bytes);
  const lastLine = text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
  const isSeparated = !hasContent || (!isOpen && SEPARATOR.test(lastLine));
  return appendText(bytes, isSeparated ? recordText : `---\n\n${recordText}`);
}

/** Appends text in the file's own line ends, behind one blank line; closes first what the file leaves open. */
export function appendText(bytes: Uint8Array, text: string): Uint8Array {
  const addition = `${fileEnd(bytes).lead}${text.replace(/\r\n?/g, "\n")}\n`;
  return concatBytes([bytes, encodeText(lineEndOf(bytes) === "\n" ? addition : addition.replaceAll("\n", "\r\n"))]);
}

/** How a file ends, and what brings its end in order: a line end, what closes an open block, one blank line. */
function fileEnd(bytes: Uint8Array): { text: string; lead: string; isOpen: boolean; hasContent: boolean } {
  const decoded = decodeText(bytes);
  const whole = decoded.startsWith("\ufeff") ? decoded.slice(1) : decoded;
  const text = whole.trimEnd();
  const last = /(\r\n|\n|\r)?(\r\n|\n|\r)?$/.exec(whole.slice(-4));
  const ends = [last?.[1], last?.[2]].filter((end) => end !== undefined).length;
  const hasContent = text !== "";
  if (!hasContent) return { text, lead: whole === "" || ends > 0 ? "" : "\n", isOpen: false, hasContent };
  const closer = blockCloser(whole);
  // A line feed right behind a lone carriage return is the same line end.
  const missing = 2 - ends + Number(whole.endsWith("\r"));
  if (closer === "") return { text, lead: "\n".repeat(missing), isOpen: false, hasContent };
  return { text, lead: `${ends === 0 ? "\n" : ""}${closer}\n\n`, isOpen: true, hasContent };
}

function blockCloser(text: string): string {
  const open = openBlockAtEnd(text);
  if (open === undefined) return "";
  return open.type === "fence" ? open.character.repeat(open.length) : (HTML_CLOSERS[open.kind] ?? "");
}
