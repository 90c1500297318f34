import { mergeConversations } from "../../shared/chat-format/merge-conversations.ts";
import { parseConversation } from "../../shared/chat-format/parse-conversation.ts";
import { type CommandInput, exitCodes } from "./command-input.ts";
import { printable } from "./terminal-text.ts";

type MergeInput = Pick<CommandInput, "stderr" | "readFile" | "writeFile">;

const USAGE = "conversation merge takes the files BASE, OURS and THEIRS, and git's name of the conversation.\n";

/**
 * `conversation merge BASE OURS THEIRS [PATH]`, for git's `merge.<name>.driver = folio conversation merge %O %A %B %P`: the
 * merged conversation is written to OURS. Both sides are kept, so there is no conflict. An empty BASE is none. Exit code 2
 * leaves OURS as it is, and git tells of a conflict.
 */
export async function mergeConversation(args: readonly string[], io: MergeInput): Promise<number> {
  const [base, ours, theirs, path = ours, ...more] = args.filter((argument) => argument !== "--");
  if (base === undefined || ours === undefined || theirs === undefined || path === undefined || more.length > 0) {
    io.stderr(USAGE);
    return exitCodes.failed;
  }
  try {
    const [before, our, their] = await Promise.all([base, ours, theirs].map((file) => io.readFile(file)));
    if (before === undefined || our === undefined || their === undefined) return exitCodes.failed;
    const known = before.length === 0 ? undefined : parseConversation(before);
    const merged = mergeConversations(known, parseConversation(our), parseConversation(their));
    await io.writeFile(ours, merged);
    return exitCodes.ok;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    io.stderr(`${printable(path)}: ${printable(reason)} Nothing was merged.\n`);
    return exitCodes.failed;
  }
}
