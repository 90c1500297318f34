import { NO_BYTES } from "./bytes.ts";
import type { Conversation } from "./conversation.ts";
import { composeFrontMatter } from "./front-matter.ts";
import { resolveConversation } from "./resolve-conversation.ts";

/**
 * A conversation without messages: canonical front matter with `format`, then the given keys.
 * @throws RangeError for a bad key or more than 64 KiB.
 */
export function newConversation(front: Readonly<Record<string, string>>): Conversation {
  return resolveConversation({
    byteOrderMark: NO_BYTES,
    front: composeFrontMatter(front),
    hasInvalidFront: false,
    preamble: NO_BYTES,
    units: [],
  });
}
