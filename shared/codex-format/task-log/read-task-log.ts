import { sha256 } from "../../chat-format/sha256.ts";
import { createLogSource, DEEPEST, type LogContent, type LogSource, parseJson, readItem } from "./log-source.ts";
import { readLines } from "./read-lines.ts";
import { readMarkdownLog } from "./read-markdown-log.ts";
import { readOtherJson } from "./read-other-json.ts";
import { recoverTaskLog } from "./recover-task-log.ts";
import { type ScannedValues, scanValues } from "./scan-values.ts";
import type { Digest, TaskLog } from "./task-log.ts";
import { detectStyle } from "./task-log-style.ts";

/**
 * Reads a task log of any shape: every entry, and what is none, with its span; never throws and never changes a byte.
 * The ending of the name tells JSON Lines (`.jsonl`) and Markdown (`.md`) from JSON. `digest` is SHA-256, for the
 * references of foreign entries.
 */
export function readTaskLog(bytes: Uint8Array, fileName: string, digest: Digest = sha256): TaskLog {
  const source = createLogSource(bytes, fileName, digest);
  const content = readContent(source);
  const last = content.items.findLast((item) => item.kind === "entry")?.span;
  return { problems: [], ...content, style: detectStyle(bytes, content.seenLength, last) };
}

function readContent(source: LogSource): LogContent {
  const { bytes, start, text, isLines } = source;
  if (source.isMarkdown) return readMarkdownLog(source);
  if (text !== undefined && /^[ \t\r\n]*$/.test(text)) {
    return { level: 0, items: [], append: isLines ? "lines" : "array", seenLength: start };
  }
  const parsed = text === undefined ? undefined : parseJson(text);
  if (parsed === undefined || (isLines && !Array.isArray(parsed.value))) {
    return readLines(source) ?? recoverTaskLog(source);
  }
  const values = scanValues(bytes, start, bytes.length, 1);
  if (values.deepest > DEEPEST) return recoverTaskLog(source);
  return Array.isArray(parsed.value)
    ? readArray(source, parsed.value, values)
    : readOtherJson(source, parsed.value, values);
}

function readArray(source: LogSource, parsed: readonly unknown[], values: ScannedValues): LogContent {
  const items = parsed.map((value, index) => readItem(source.items, value, values, index));
  const seenLength = values.ends.at(-1) ?? source.bytes.indexOf(0x5b, source.start) + 1;
  return { level: 0, items, append: "array", seenLength };
}
