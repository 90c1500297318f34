/** What a merge of two sides will do, for a person who decides about it. */
import type { Conversation } from "./conversation.ts";
import { planMerge } from "./plan-merge.ts";

export interface SideComparison {
  /** How many messages only this side has and the merged file will have. */
  readonly onlyOurs: number;
  readonly onlyTheirs: number;
  /** Ids of messages that will stand twice: as ours, and theirs as a version. */
  readonly changedOnBoth: readonly string[];
}

/** How many messages a merge would take from each side, without making it. */
export function compareSides(base: Conversation | undefined, ours: Conversation, theirs: Conversation): SideComparison {
  const { messages, versions } = planMerge(base, ours, theirs);
  const added = new Set(versions.values());
  let [onlyOurs, onlyTheirs] = [0, 0];
  for (const id of messages.keys()) {
    const [isOurs, isTheirs] = [ours, theirs].map(({ source }) => source.indexById.has(id));
    if (added.has(id) || isOurs === isTheirs) continue;
    if (isOurs) onlyOurs += 1;
    else onlyTheirs += 1;
  }
  return { onlyOurs, onlyTheirs, changedOnBoth: [...versions.keys()] };
}
