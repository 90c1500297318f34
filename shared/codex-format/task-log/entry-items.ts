import type { ForeignRefs } from "./foreign-refs.ts";
import { parseExactly } from "./parse-exactly.ts";
import { showEntry } from "./show-entry.ts";
import type { ByteSpan, EntryProblem, InvalidTaskLogItem, TaskLogEntryItem } from "./task-log.ts";

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

/** `textOf` is the text of a span of the file. */
export function createEntryItems(textOf: (span: ByteSpan) => string, refs: ForeignRefs): EntryItems {
  return {
    fromValue: ({ span, value, needsExactness, key }) => {
      const exact = needsExactness ? readExactly(textOf(span)) : undefined;
      const entry = exact?.entry ?? value;
      const { shown, problems } = showEntry(value, { key, exact: entry });
      if (exact !== undefined) problems.push(...exact.problems);
      const { runId } = shown;
      if (runId !== undefined && RUN_ID.test(runId)) return { kind: "entry", span, entry, shown, problems, ref: runId };
      const index = refs.add(span);
      return {
        ...{ kind: "entry", span, entry, shown, problems },
        get ref() {
          return refs.at(index);
        },
      };
    },
    invalid: (span, reason) => ({ kind: "invalid", span, raw: textOf(span), reason }),
  };
}

function readExactly(text: string): {
  readonly entry: Record<string, unknown>;
  readonly problems: readonly EntryProblem[];
} {
  const { value, duplicateKeys } = parseExactly(text);
  const problems = duplicateKeys.map((field): EntryProblem => {
    return { field, code: "duplicate-key", reason: `${field} stands more than once, the last one is shown` };
  });
  return { entry: value as Record<string, unknown>, problems };
}
