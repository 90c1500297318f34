/**
 * A last line that may still become something else: a dash may be a list, a rule, or the underline of a heading. It
 * waits for its next character, so that a paragraph does not turn into a heading for the length of one token.
 */
const undecided = /(?:^|\n)[ \t>]*(?:[-=*_+#]+|`+|~+|\d{1,9}[.)]?|\|?[ \t:|-]*)[ \t]*$/;

/** The text without an undecided last line. */
export function holdBack(text: string): string {
  const lineStart = text.lastIndexOf("\n") + 1;
  if (lineStart === text.length || text.length - lineStart > 200) return text;
  return undecided.test(text.slice(lineStart)) ? text.slice(0, lineStart) : text;
}
