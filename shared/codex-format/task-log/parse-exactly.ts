/** What `JSON.parse` keeps silent about: keys that stand twice, and integers that a number cannot hold. */

export type ExactValue = {
  readonly value: unknown;
  /** Keys that stand more than once in one object, at any depth. */
  readonly duplicateKeys: readonly string[];
};

/** Reads a JSON text that `JSON.parse` accepts and that nests at most 1,000 deep. Big integers become their digits. */
export function parseExactly(text: string): ExactValue {
  const reading: Reading = { text, at: 0, duplicateKeys: [] };
  return { value: readValue(reading), duplicateKeys: [...new Set(reading.duplicateKeys)] };
}

type Reading = { readonly text: string; at: number; readonly duplicateKeys: string[] };

function readValue(reading: Reading): unknown {
  const first = skipBlank(reading);
  if (first === "{") return readObject(reading);
  if (first === "[") return readArray(reading);
  if (first === '"') return readString(reading);
  const start = reading.at;
  reading.at = scalarEnd(reading);
  const raw = reading.text.slice(start, reading.at);
  const value: unknown = JSON.parse(raw);
  return typeof value === "number" && !holds(raw, value) ? raw : value;
}

function holds(raw: string, value: number): boolean {
  return /[.eE]/.test(raw) ? Number.isFinite(value) : Number.isSafeInteger(value);
}

function readObject(reading: Reading): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  reading.at++;
  while (skipBlank(reading) !== "}") {
    const key = readString(reading);
    const value = readValue(reading);
    if (Object.hasOwn(object, key)) reading.duplicateKeys.push(key);
    // A plain assignment of `__proto__` would not make a key.
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  }
  reading.at++;
  return object;
}

function readArray(reading: Reading): unknown[] {
  const array: unknown[] = [];
  reading.at++;
  while (skipBlank(reading) !== "]") array.push(readValue(reading));
  reading.at++;
  return array;
}

function readString(reading: Reading): string {
  const start = reading.at;
  let end = start + 1;
  while (reading.text[end] !== '"') end += reading.text[end] === "\\" ? 2 : 1;
  reading.at = end + 1;
  return JSON.parse(reading.text.slice(start, end + 1)) as string;
}

/** Moves behind white space, commas and colons and answers with the character there. */
function skipBlank(reading: Reading): string | undefined {
  while (isBlank(reading.text[reading.at])) reading.at++;
  return reading.text[reading.at];
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && " \t\r\n,:".includes(character);
}

function scalarEnd({ text, at }: Reading): number {
  let end = at;
  while (end < text.length && !isBlank(text[end]) && text[end] !== "]" && text[end] !== "}") end++;
  return end;
}
