/**
 * Puts a piece at its place. What is there already changes nothing; another text at that place means that the answer was
 * begun anew. undefined: pieces before this one are missing.
 * @param piece `at` in UTF-16 units
 */
export function growText(text: string, piece: { readonly at: number; readonly text: string }): string | undefined {
  const { at, text: added } = piece;
  if (at > text.length) return undefined;
  if (text.startsWith(added, at)) return text;
  return text.slice(0, at) + added;
}
