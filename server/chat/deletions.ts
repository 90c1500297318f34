import { notFound } from "./conversation-cache.ts";
import type { Keeper } from "./keeper.ts";
import type { OpenConversation } from "./open-conversation.ts";

/** Conversations whose files are on their way to the trash: what is said in them from then on would bring the file back. */
export interface Deletions {
  /** Refuses every change of `open` while `work` runs, and from then on when it went well. */
  refusing<Result>(open: OpenConversation, work: () => Promise<Result>): Promise<Result>;
  /** The same keeper, whose `change` refuses those. */
  guard(keeper: Keeper): Keeper;
}

export function createDeletions(): Deletions {
  const going = new WeakSet<OpenConversation>();
  return {
    refusing: async (open, work) => {
      going.add(open);
      try {
        return await work();
      } catch (error) {
        going.delete(open);
        throw error;
      }
    },
    guard: (keeper) => ({
      ...keeper,
      change: async (open, records, edits) => {
        if (going.has(open)) throw notFound();
        await keeper.change(open, records, edits);
      },
    }),
  };
}
