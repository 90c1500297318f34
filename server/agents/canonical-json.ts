import { createHash } from "node:crypto";

/** JSON with the keys of every object in code unit order and no white space: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) => (isPlain(held) ? sorted(held) : held));
}

/** Lower-case hexadecimal SHA-256 of the canonical JSON. */
export function canonicalDigest(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** Lower-case hexadecimal SHA-256 of a text's UTF-8. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(value).toSorted((one, other) => (one < other ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}
