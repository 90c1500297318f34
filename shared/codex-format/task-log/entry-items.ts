import { decodeText } from "../../chat-format/bytes.ts";
import { parseExactly } from "./parse-exactly.ts";
import { showEntry } from "./show-entry.ts";
import type { ByteSpan, Digest, EntryProblem, InvalidTaskLogItem, TaskLogEntryItem } from "./task-log.ts";

/** Makes the items of one log; keeps what the references of foreign entries are counted from. */
export type EntryItems = {
  /** `needsExactness`: whether the text may hold a key twice or an integer beyond 2^53. */
  fromValue(found: FoundObject): TaskLogEntryItem;
  invalid(span: ByteSpan, reason: string): InvalidTaskLogItem;
};

export type FoundObject = {
  readonly span: ByteSpan;
  /** As `JSON.parse` reads it. */
  readonly value: Record<string, unknown>;
  readonly needsExactness: boolean;
  /** What a keyed object files the entry under. */
  readonly key?: string;
};

const RUN_ID = /^[0-9A-Za-z]{26}$/;

export function createEntryItems(bytes: Uint8Array, digest: Digest): EntryItems {
  const foreign: ByteSpan[] = [];
  let refs: readonly string[] | undefined;
  const refOf = (index: number): string => {
    refs ??= countRefs(bytes, foreign, digest);
    return refs[index] ?? "";
  };
  return {
    fromValue: (found) => {
      const exact = found.needsExactness ? readExactly(bytes, found.span) : { entry: found.value, problems: [] };
      const { shown, problems } = showEntry(exact.entry, found.key);
      if (exact.problems.length > 0) problems.push(...exact.problems);
      const item = { kind: "entry", span: found.span, entry: exact.entry, shown, problems } as const;
      if (shown.runId !== undefined && RUN_ID.test(shown.runId)) return { ...item, ref: shown.runId };
      const index = foreign.push(found.span) - 1;
      return withRef(item, () => refOf(index));
    },
    invalid: (span, reason) => ({
      ...{ kind: "invalid", span, reason },
      raw: decodeText(bytes.subarray(span.start, span.end)),
    }),
  };
}

function withRef(item: Omit<TaskLogEntryItem, "ref">, ref: () => string): TaskLogEntryItem {
  const { kind, span, entry, shown, problems } = item;
  return {
    ...{ kind, span, entry, shown, problems },
    get ref() {
      return ref();
    },
  };
}

function readExactly(
  bytes: Uint8Array,
  span: ByteSpan,
): { readonly entry: Record<string, unknown>; readonly problems: readonly EntryProblem[] } {
  const { value, duplicateKeys } = parseExactly(decodeText(bytes.subarray(span.start, span.end)));
  const problems = duplicateKeys.map((field): EntryProblem => {
    return { field, code: "duplicate-key", reason: `${field} stands more than once, the last one is shown` };
  });
  return { entry: value as Record<string, unknown>, problems };
}

/** The first 12 hex digits of the digest, `-`, and the 1-based count among entries with equal bytes. */
function countRefs(bytes: Uint8Array, spans: readonly ByteSpan[], digest: Digest): string[] {
  const counts = new Map<string, number>();
  return spans.map(({ start, end }) => {
    const hex = toHex(digest(bytes.subarray(start, end)));
    const count = (counts.get(hex) ?? 0) + 1;
    counts.set(hex, count);
    return `${hex.slice(0, 12)}-${count}`;
  });
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return hex;
}
