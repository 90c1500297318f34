import type { LogContent, LogSource } from "./log-source.ts";
import { readMarkdownField } from "./markdown-field.ts";
import { readMarkdownLines } from "./markdown-lines.ts";
import { readFieldLog } from "./read-field-log.ts";
import { readHeadingLog } from "./read-heading-log.ts";

/** Fields that only entries of the older form have; a status line is common in other logs. */
const TELLING: readonly string[] = ["agent", "task_id", "summary", "output_files"];

/** A log in Markdown, to look at and to import; it is never written. */
export function readMarkdownLog({ bytes, start, items }: LogSource): LogContent {
  const lines = readMarkdownLines(bytes, start);
  const hasFields = lines.some((line) => TELLING.includes(readMarkdownField(line)?.key ?? ""));
  const found = hasFields ? readFieldLog(lines, items) : readHeadingLog(lines, items);
  return { level: 4, items: found, append: "none", seenLength: found.at(-1)?.span.end ?? start };
}
