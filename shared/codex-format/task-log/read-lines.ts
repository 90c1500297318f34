import { DEEPEST, isObject, type LogContent, type LogSource, parseJson, readItem, spanAt } from "./log-source.ts";
import { isBlank } from "./scan-fragments.ts";
import { type ScannedValues, scanValues } from "./scan-values.ts";

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
  if (!isBlankBetween(bytes, start, scan)) return undefined;
  const values: unknown[] = [];
  for (let index = 0; index < count; index++) {
    const parsed = parseJson(source.textOf(spanAt(scan, index)));
    if (parsed === undefined || !(isLines || isObject(parsed.value))) return undefined;
    values.push(parsed.value);
  }
  // Not before all are known to be lines: an item made here counts for the references of those that recovery makes.
  const items = values.map((value, index) => readItem(source.items, value, scan, index));
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
