import type { EntryItems } from "./entry-items.ts";
import { readMarkdownField, readMarkdownPaths, unquote } from "./markdown-field.ts";
import type { MarkdownLine } from "./markdown-lines.ts";
import type { TaskLogItem } from "./task-log.ts";

type FieldRecord = { start: number; end: number; fields: Map<string, string>; last: string; notes: string[] };

/**
 * Entries of five `**Field:** value` lines. Headings and separators are optional: a field that the entry already has
 * starts the next one.
 */
export function readFieldLog(lines: readonly MarkdownLine[], items: EntryItems): TaskLogItem[] {
  const reader = new FieldLogReader(items);
  for (const line of lines) reader.take(line);
  reader.flush();
  return reader.found;
}

/** Lives for one file. */
class FieldLogReader {
  readonly found: TaskLogItem[] = [];
  readonly #items: EntryItems;
  #record: FieldRecord | undefined;
  #heading: number | undefined;
  #text: { start: number; end: number } | undefined;

  constructor(items: EntryItems) {
    this.#items = items;
  }

  take(line: MarkdownLine): void {
    const field = readMarkdownField(line);
    if (field !== undefined) {
      this.#takeField(line, field.key, field.value);
    } else if (line.kind === "heading") {
      this.flush();
      this.#heading = line.span.start;
    } else if (line.kind === "separator") {
      // A separator between a heading and its fields parts nothing.
      this.flush();
    } else if (line.kind !== "blank") {
      this.#takeText(line);
    } else if (this.#record !== undefined) {
      this.#record.last = "";
    }
  }

  flush(): void {
    const record = this.#record;
    this.#record = undefined;
    if (this.#text !== undefined) this.found.push(this.#items.invalid(this.#text, "text outside of an entry"));
    this.#text = undefined;
    if (record === undefined) return;
    this.#heading = undefined;
    const { start, end } = record;
    this.found.push(this.#items.fromValue({ span: { start, end }, value: toEntry(record), needsExactness: false }));
  }

  #takeField({ span }: MarkdownLine, key: string, value: string): void {
    if (this.#text !== undefined || this.#record?.fields.has(key)) this.flush();
    this.#record ??= { start: this.#heading ?? span.start, end: span.end, fields: new Map(), last: "", notes: [] };
    this.#record.fields.set(key, value);
    this.#record.last = key;
    this.#record.end = span.end;
  }

  /** A line that goes on with a value, or a note inside an entry, or text outside of any. */
  #takeText({ span, kind, text }: MarkdownLine): void {
    const record = this.#record;
    if (record === undefined) {
      this.#text = { start: this.#text?.start ?? span.start, end: span.end };
      return;
    }
    record.end = span.end;
    const value = record.fields.get(record.last);
    if (value === undefined || (kind === "bullet" && record.last !== "output_files")) {
      record.notes.push(text);
      return;
    }
    const separator = record.last === "output_files" ? "," : " ";
    record.fields.set(record.last, value === "" ? text : value + separator + text);
  }
}

function toEntry({ fields, notes }: FieldRecord): Record<string, unknown> {
  const entry: Record<string, unknown> = {};
  for (const [key, value] of fields) {
    if (key === "output_files") entry[key] = readMarkdownPaths(value);
    else entry[key] = key === "summary" ? value : unquote(value);
  }
  return notes.length === 0 ? entry : { ...entry, notes: notes.join("\n") };
}
