import { isBlankLine, isTopLevel, type Lines, lineText, trimBlanks } from "./lines.ts";
import type { RecordKind, RecordProblem } from "./record.ts";
import { matchField } from "./record-fields.ts";

export interface RecordHead {
  readonly key: string;
  readonly title?: string;
  readonly problems: readonly RecordProblem[];
}

const OPENINGS: Readonly<Record<RecordKind, RegExp>> = {
  Agent: /^ {0,3}##[ \t]+Agent[ \t]*:/,
  Task: /^ {0,3}##[ \t]+Task[ \t]*:/,
};
/** The form of keys that we write. */
export const RECORD_KEY: RegExp = /^[a-z0-9][a-z0-9_-]*$/;
const TICKED = /^`([^`]+)`/;
const BARE = /^([a-z0-9][a-z0-9_-]*)(?=[ \t]+[—–-][ \t]|[ \t]*$)/;
const DASH = /^(?:[—–:]|--?)[ \t]+/;

/** What stands behind `## Agent:` or `## Task:` on a line outside quotes, lists, code and HTML; else undefined. */
export function headRest(lines: Lines, index: number, kind: RecordKind): string | undefined {
  if (!isTopLevel(lines, index)) return undefined;
  const text = lineText(lines, index);
  const opening = OPENINGS[kind].exec(text);
  return opening === null ? undefined : trimBlanks(text.slice(opening[0].length));
}

/**
 * A key in back-ticks, or a bare one when a field follows. Undefined when the head belongs to another kind of roster or
 * board (`## Agent: Data Wizard`).
 */
export function readHead(lines: Lines, index: number, kind: RecordKind): RecordHead | undefined {
  const rest = headRest(lines, index, kind);
  if (rest === undefined) return undefined;
  const ticked = TICKED.exec(rest);
  const key = trimBlanks(ticked?.[1] ?? "");
  if (ticked !== null && key !== "") {
    return { key, ...titleOf(rest.slice(ticked[0].length)), problems: RECORD_KEY.test(key) ? [] : ["unusual-key"] };
  }
  const bare = BARE.exec(rest);
  if (bare === null || !isFollowedByField(lines, index)) return undefined;
  return { key: bare[0], ...titleOf(rest.slice(bare[0].length)), problems: ["key-without-back-ticks"] };
}

function titleOf(rest: string): { title?: string } {
  const text = trimBlanks(rest);
  const title = trimBlanks(text.slice(DASH.exec(`${text} `)?.[0].length ?? 0));
  return title === "" ? {} : { title };
}

function isFollowedByField(lines: Lines, head: number): boolean {
  let index = head + 1;
  while (index < lines.texts.length && isBlankLine(lines, index)) index++;
  return matchField(lines, index) !== undefined;
}
