import type { ByteSpan, Digest } from "./task-log.ts";

/**
 * References of entries that have no run id: the first 12 hex digits of SHA-256 of the raw bytes, `-`, and the 1-based
 * count among entries with equal bytes. Nothing is computed before the first is asked for.
 */
export type ForeignRefs = {
  /** The index to ask with. */
  add(span: ByteSpan): number;
  at(index: number): string;
};

/** Names for entries without `run_id`: a digest of their bytes, and their number among equal ones. */
export function createForeignRefs(bytes: Uint8Array, textOf: (span: ByteSpan) => string, digest: Digest): ForeignRefs {
  const spans: ByteSpan[] = [];
  const known = new Map<number, string>();
  let counts: readonly number[] | undefined;
  return {
    add: (span) => spans.push(span) - 1,
    at: (index) => {
      counts ??= countEqual(spans.map(textOf));
      const span = spans[index] ?? { start: 0, end: 0 };
      const ref =
        known.get(index) ?? `${toHex(digest(bytes.subarray(span.start, span.end))).slice(0, 12)}-${counts[index]}`;
      known.set(index, ref);
      return ref;
    },
  };
}

/** For each text, how many equal ones there are up to it. Entries are UTF-8, so equal texts are equal bytes. */
function countEqual(texts: readonly string[]): number[] {
  const counts = new Map<string, number>();
  return texts.map((text) => {
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    return count;
  });
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
