import { classifyCodexPath } from "./codex-path.ts";
import { foldName } from "./known-names.ts";
import { INVISIBLE, isConversationName } from "./new-path.ts";

const MAX_DEPTH = 4;
const MAX_SEGMENT_BYTES = 200;
/** What a name may hold: no mark that a file system, a shell or a link gives a meaning. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M} ._()[\]+,@-]*[\p{L}\p{N}\p{M}_()[\]+@-])?$/u;
/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * Whether a run of an agent may ever write this path (relative to the workspace, with `/`): one Markdown file inside
 * `.codex/` that no other program runs or trusts. The task log is written by Folio, never by an agent. It says nothing
 * of links on disk: the store refuses those.
 */
export function isAgentWritable(path: string): boolean {
  return agentWriteRefusal(path) === undefined;
}

/** Why an agent may not write this path, in a sentence for a person; undefined when it may. */
export function agentWriteRefusal(path: string): string | undefined {
  if (!path.isWellFormed() || INVISIBLE.test(path)) return "The path holds characters that cannot be seen.";
  if (!path.startsWith(".codex/")) return "An agent writes inside .codex/ only.";
  const names = path.slice(".codex/".length).split("/");
  if (names.length > MAX_DEPTH) return "The path has too many folders.";
  if (path !== path.normalize("NFC") || !names.every(isPlainName)) {
    return "The path holds a name that not every system stores as it stands.";
  }
  if (!path.endsWith(".md")) return "An agent writes Markdown files (.md) only.";
  if (isConversationName(path)) return "A file that ends in .chat.md is a conversation, which no agent writes.";
  const kind = classifyCodexPath(path);
  if (kind === "task-log") return "The task log is written by Folio, never by an agent.";
  if (kind === undefined || kind === "foreign" || kind === "secret") return "The file belongs to another program.";
  return undefined;
}

/**
 * Whether later runs take instructions from this file (rosters, prompts, templates). A rule that accepts changes
 * without asking must not hold for it: a person sees each diff.
 */
export function isTrustedByRuns(path: string): boolean {
  const kind = classifyCodexPath(path);
  return kind === "roster" || kind === "prompt" || kind === "template";
}

function isPlainName(name: string): boolean {
  const bytes = [...name].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x80 ? 1 : 4), 0);
  return NAME.test(name) && bytes <= MAX_SEGMENT_BYTES && !DEVICE.test(foldName(name.split(".")[0]?.trimEnd() ?? ""));
}
