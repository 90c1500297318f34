import { DEEPEST, isObject, type LogContent, type LogSource, parseJson, readItem, spanAt } from "./log-source.ts";
import { isBlank } from "./scan-fragments.ts";
import { type ScannedValues, scanValues } from "./scan-values.ts";
import type { TaskLogItem } from "./task-log.ts";

/**
 * JSON Lines, or objects one after the other: undefined when a value is not JSON or something but white space stands
 * between two. Two objects or more, or any values in a file that is named for its lines.
 */
export function readLines(source: LogSource): LogContent | undefined {
  const { bytes, start, isLines } = source;
  if (source.text === undefined || !(isLines || /^[ \t\r\n]*\{/.test(source.text))) return undefined;
  const scan = scanValues(bytes, start, bytes.length, 0);
  const count = scan.starts.length;
  if (scan.deepest > DEEPEST || (count < 2 && !isLines)) return undefined;
  const items: TaskLogItem[] = [];
  for (let index = 0; index < count; index++) {
    const parsed = parseJson(source.textOf(spanAt(scan, index)));
    if (parsed === undefined || !(isLines || isObject(parsed.value))) return undefined;
    items.push(readItem(source.items, parsed.value, scan, index));
  }
  if (!isBlankBetween(bytes, start, scan)) return undefined;
  return { level: 2, items, append: "lines", seenLength: scan.ends.at(-1) ?? start };
}

function isBlankBetween(bytes: Uint8Array, start: number, scan: ScannedValues): boolean {
  let from = start;
  for (let index = 0; index <= scan.starts.length; index++) {
    const to = scan.starts[index] ?? bytes.length;
    for (; from < to; from++) if (!isBlank(bytes[from])) return false;
    from = scan.ends[index] ?? bytes.length;
  }
  return true;
}
