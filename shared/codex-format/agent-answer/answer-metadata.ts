import { closesFence, readFenceLine } from "../documents/fence-line.ts";
import type { AnswerMetadata } from "./agent-answer.ts";

/** A text cut in two: what stands before its last metadata block, and the block's content. */
export interface MetadataBlock {
  readonly before: string;
  readonly raw: string;
}

const BLOCK_INFO = /^task-metadata\b/i;

/**
 * The `task-metadata` block that a text ends with; undefined when anything but blanks follows it. A block that the text
 * breaks off in counts when what it holds starts like an object.
 */
export function splitMetadata(text: string): MetadataBlock | undefined {
  const trimmed = text.trimEnd();
  const starts = lineStarts(trimmed);
  const lineAt = (index: number) =>
    trimmed.slice(starts[index], (starts[index + 1] ?? trimmed.length + 1) - 1).trimEnd();
  const last = lineAt(starts.length - 1);
  const isClosed = readFenceLine(last)?.info === "";
  const end = isClosed ? starts.length - 1 : starts.length;
  let opening = end - 1;
  while (opening >= 0 && readFenceLine(lineAt(opening)) === undefined) opening--;
  const fence = readFenceLine(lineAt(opening));
  if (fence === undefined || !BLOCK_INFO.test(fence.info) || (isClosed && !closesFence(fence, last))) return undefined;
  const raw = trimmed.slice(starts[opening + 1] ?? trimmed.length, isClosed ? starts[end] : undefined);
  if (!isClosed && !raw.trimStart().startsWith("{")) return undefined;
  return { before: trimmed.slice(0, starts[opening]), raw };
}

/** The fields of the block that have the right type; nothing is believed, so nothing is required. */
export function readMetadata(raw: string): AnswerMetadata {
  const value = parseObject(raw);
  const word = (key: string) => (typeof value[key] === "string" ? value[key] : undefined);
  const files = outputFiles(value["output_files"]);
  const [agent, taskId, date, summary] = ["agent", "task_id", "date", "summary"].map(word);
  return {
    raw,
    ...(agent !== undefined && { agent }),
    ...(taskId !== undefined && { taskId }),
    ...(date !== undefined && { date }),
    ...(summary !== undefined && { summary }),
    ...(files !== undefined && { outputFiles: files }),
  };
}

function parseObject(raw: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function outputFiles(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return undefined;
  return value.filter((each): each is string => typeof each === "string");
}

function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}
