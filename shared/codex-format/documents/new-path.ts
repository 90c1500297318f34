const MOST_FOLDERS = 8;

/** What nobody sees in a name, or what breaks the line in which it is shown. */
export const INVISIBLE: RegExp = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** What only the chat feature makes, in its own folder. */
export function isConversationName(path: string): boolean {
  return /\.chat\.md$/i.test(path);
}

/**
 * Why no new file is made at this path (inside `.codex/`, with `/`), in a sentence for a person; undefined when it may
 * be. Files that are there under such names are read and written all the same.
 */
export function newPathRefusal(path: string): string | undefined {
  if (!path.isWellFormed() || INVISIBLE.test(path)) return "The name holds characters that cannot be seen.";
  const names = path.split("/");
  if (names.length - 2 > MOST_FOLDERS) return `The path has more than ${MOST_FOLDERS} folders inside .codex/.`;
  const hasBlanks = names.some((name) => name !== name.trim() || name !== name.replace(/\s+(?=\.[^.]*$)/, ""));
  if (hasBlanks) return "A name in the path begins or ends with a blank.";
  if (isConversationName(path)) return "Files that end in .chat.md are conversations, which do not lie in .codex/.";
  return undefined;
}
