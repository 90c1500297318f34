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
  | { readonly outcome: "unclear"; readonly line: number }
  | { readonly outcome: "none" };

/** Both sides of a marked file as conversations; unclear too where a side cannot be written as it comes out. */
export function findSides(file: Uint8Array): FoundSides {
  const split = splitConflict(file);
  if (split.outcome !== "split") return split;
  const { ours, theirs, base, names } = split.sides;
  const [our, their] = [parseConversation(ours), parseConversation(theirs)];
  if (our.readOnly !== undefined || their.readOnly !== undefined) {
    const conflict = parseConversation(file).problems.find(({ reason }) => reason === "conflict");
    return { outcome: "unclear", line: conflict?.line ?? 1 };
  }
  const before = base === undefined ? undefined : parseConversation(base);
  const isKnown = before !== undefined && before.readOnly === undefined;
  return { outcome: "split", sides: { ours: our, theirs: their, names, ...(isKnown ? { base: before } : {}) } };
}
