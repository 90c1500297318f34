import { findConflictMarks } from "../../shared/chat-format/conflict.ts";
import type { Conversation } from "../../shared/chat-format/conversation.ts";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import { splitConflict } from "../../shared/chat-format/split-conflict.ts";

export interface ConversationSides {
  readonly base?: Conversation;
  readonly ours: Conversation;
  readonly theirs: Conversation;
  readonly names: { readonly ours: string; readonly theirs: string };
}

export type FoundSides =
  | { readonly outcome: "split"; readonly sides: ConversationSides }
  /** `marks`: the lines of all marks from the first `<<<<<<<` on; `line`: from where they cannot be told apart. */
  | { readonly outcome: "unclear"; readonly line: number; readonly marks: readonly number[] }
  | { readonly outcome: "none" };

/** Both sides of a marked file as conversations; unclear too where a side cannot be written as it comes out. */
export function findSides(file: Uint8Array): FoundSides {
  const split = splitConflict(file);
  if (split.outcome === "none") return split;
  if (split.outcome === "unclear") return { ...split, marks: markLines(file) };
  const { ours, theirs, base, names } = split.sides;
  const [our, their] = [parseConversation(ours), parseConversation(theirs)];
  if (our.readOnly !== undefined || their.readOnly !== undefined) {
    const marks = markLines(file);
    return { outcome: "unclear", line: marks[0] ?? 1, marks };
  }
  const before = base === undefined ? undefined : parseConversation(base);
  const isKnown = before !== undefined && before.readOnly === undefined;
  return { outcome: "split", sides: { ours: our, theirs: their, names, ...(isKnown ? { base: before } : {}) } };
}

/** A row of `=` before all of them underlines a heading. */
function markLines(file: Uint8Array): readonly number[] {
  const marks = findConflictMarks(file);
  const first = marks.findIndex(({ type }) => type === "start");
  return marks.slice(first).map(({ lineOffset }) => lineOffset + 1);
}
