import { isObject, type LogContent, type LogSource, readItem, spanAt } from "./log-source.ts";
import { type ScannedValues, scanValues } from "./scan-values.ts";
import { isEntryKey } from "./show-entry.ts";
import type { TaskLogItem } from "./task-log.ts";

type Property = { readonly key: string; readonly value: unknown; readonly index: number };

/** Valid JSON that is no array: `scan` holds the keys and values of a top-level object. */
export function readOtherJson(source: LogSource, value: unknown, scan: ScannedValues): LogContent {
  const items = readItems(source, value, scan);
  return { level: 1, items, append: "none", seenLength: items.at(-1)?.span.end ?? source.start };
}

function readItems(source: LogSource, value: unknown, scan: ScannedValues): readonly TaskLogItem[] {
  const whole = spanAt(scanValues(source.bytes, source.start, source.bytes.length, 0), 0);
  if (!isObject(value)) return [source.items.invalid(whole, "neither an array nor an object")];
  const properties = readProperties(source, value, scan);
  const [list, another] = properties.filter((property) => isListOfObjects(property.value));
  if (list !== undefined && another === undefined) return readList(source, list, scan);
  if (list === undefined && isEmptyLog(properties)) return [];
  if (properties.length > 0 && properties.every((property) => isObject(property.value))) {
    return properties.map(({ key, value: item, index }) => readItem(source.items, item, scan, index, key));
  }
  return [source.items.fromValue({ span: whole, value, needsExactness: true })];
}

/** In the order of the file, which an object with integer-like keys has not. */
function readProperties(source: LogSource, object: Record<string, unknown>, scan: ScannedValues): Property[] {
  const indexes = scan.isKey.flatMap((isKey, index) => (isKey ? [index] : []));
  const hasTwins = indexes.length !== Object.keys(object).length;
  return indexes.map((keyIndex) => {
    const key = JSON.parse(source.textOf(spanAt(scan, keyIndex))) as string;
    const index = keyIndex + 1;
    const value: unknown = hasTwins ? JSON.parse(source.textOf(spanAt(scan, index))) : object[key];
    return { key, value, index };
  });
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** One empty list, in an object that is no entry itself: of an entry it may be the output files. */
function isEmptyLog(properties: readonly Property[]): boolean {
  const empty = properties.filter(({ value }) => Array.isArray(value) && value.length === 0);
  return empty.length === 1 && !properties.some(({ key }) => isEntryKey(key));
}

function readList(source: LogSource, list: Property, scan: ScannedValues): readonly TaskLogItem[] {
  const span = spanAt(scan, list.index);
  const inner = scanValues(source.bytes, span.start, span.end, 1);
  return (list.value as readonly unknown[]).map((value, index) => readItem(source.items, value, inner, index));
}
