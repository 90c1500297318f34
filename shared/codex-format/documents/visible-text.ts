/**
 * Characters that nobody sees: controls of writing direction, blanks without width, tags, and the joiners where they
 * join nothing. Between letters or emoji beyond ASCII joiners are spelling and stay.
 */
const HIDDEN =
  /[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]|(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{Extended_Pictographic}])|[\u200c\u200d](?=[a-z])/giu;

/** The text with each hidden character as `[U+202E]`, so that a reader, human or not, sees that it is there. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `[U+${code.padStart(4, "0")}]`;
  });
}
