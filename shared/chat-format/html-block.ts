/** The seven kinds of HTML blocks of CommonMark 0.31, §4.6: how they start and how the first five end. */

export type HtmlBlockKind = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const BLOCK_NAMES =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|" +
  "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|" +
  "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|" +
  "track|ul";
const RAW_TEXT_START = /^<(?:script|pre|textarea|style)(?:[ \t>]|$)/i;
const DECLARATION_START = /^<![A-Za-z]/;
const BLOCK_START = new RegExp(`^</?(?:${BLOCK_NAMES})(?:[ \\t]|/?>|$)`, "i");
const TAG_NAME = /<[A-Za-z][A-Za-z0-9-]*/y;
const CLOSING_TAG = /<\/[A-Za-z][A-Za-z0-9-]*[ \t]*>/y;
const ATTRIBUTE_NAME = /[ \t]+[A-Za-z_:][A-Za-z0-9_:.-]*/y;
// Control characters on purpose: the standard names the range.
const ATTRIBUTE_VALUE = /[ \t]*=[ \t]*(?:[^"'=<>`\x00-\x20]+|'[^']*'|"[^"]*")/y;
const TAG_END = /[ \t]*\/?>/y;
const BLANK_REST = /[ \t]*$/y;
const ENDS: Readonly<Record<1 | 2 | 3 | 4 | 5, RegExp>> = {
  1: /<\/(?:script|pre|textarea|style)>/i,
  2: /-->/,
  3: /\?>/,
  4: />/,
  5: /\]\]>/,
};

/** The kind of the HTML block that a line (from its first character that is no blank) starts. */
export function htmlBlockStart(line: string): HtmlBlockKind | undefined {
  if (!line.startsWith("<")) return undefined;
  if (RAW_TEXT_START.test(line)) return 1;
  if (line.startsWith("<!--")) return 2;
  if (line.startsWith("<?")) return 3;
  if (DECLARATION_START.test(line)) return 4;
  if (line.startsWith("<![CDATA[")) return 5;
  if (BLOCK_START.test(line)) return 6;
  return isCompleteTag(line) ? 7 : undefined;
}

/** Whether the line ends a block of this kind; kinds 6 and 7 end at a blank line instead. */
export function endsHtmlBlock(kind: HtmlBlockKind, line: string): boolean {
  return kind < 6 && ENDS[kind as 1 | 2 | 3 | 4 | 5].test(line);
}

/** One opening or closing tag and nothing but blanks after it. */
function isCompleteTag(line: string): boolean {
  const closing = matchAt(CLOSING_TAG, line, 0);
  if (closing !== undefined) return matchAt(BLANK_REST, line, closing) !== undefined;
  let position = matchAt(TAG_NAME, line, 0);
  if (position === undefined) return false;
  for (let next = matchAt(ATTRIBUTE_NAME, line, position); next !== undefined; ) {
    position = matchAt(ATTRIBUTE_VALUE, line, next) ?? next;
    next = matchAt(ATTRIBUTE_NAME, line, position);
  }
  const end = matchAt(TAG_END, line, position);
  return end !== undefined && matchAt(BLANK_REST, line, end) !== undefined;
}

function matchAt(pattern: RegExp, line: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(line) ? pattern.lastIndex : undefined;
}
