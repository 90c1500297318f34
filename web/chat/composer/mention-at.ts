import type { Mention } from "../conversation-slots.ts";

/**
 * What was typed of a name after an `@` that begins the text, while the caret is in it; undefined elsewhere.
 * @param caret in UTF-16 units
 */
export function mentionAt(text: string, caret: number): string | undefined {
  const [whole, name] = /^\s*@(\S*)/.exec(text) ?? [];
  if (whole === undefined || caret > whole.length || caret < whole.length - (name?.length ?? 0)) return undefined;
  return name ?? "";
}

/** Those whose name begins with what was typed, then those that hold it; none once it is typed out. */
export function mentionsFor(mentions: readonly Mention[], typed: string): readonly Mention[] {
  const wanted = typed.toLowerCase();
  if (mentions.some(({ key }) => key.toLowerCase() === wanted)) return [];
  const matching = mentions.filter(({ key }) => key.toLowerCase().includes(wanted));
  const begins = ({ key }: Mention): boolean => key.toLowerCase().startsWith(wanted);
  return [...matching.filter(begins), ...matching.filter((mention) => !begins(mention))];
}
