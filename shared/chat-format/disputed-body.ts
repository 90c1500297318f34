/**
 * Bodies whose block structure renderers are known to read differently, so that no guard could serve all of them. The
 * writer puts them into `enc=json`, which every renderer reads as one line of text. They are rare: each needs a line
 * that begins with a tag.
 */
import { htmlBlockStart } from "./html-block.ts";

/** White space that is no blank for CommonMark 0.31 but is one for some renderers. */
const OTHER_SPACE = /[^\S \t\r\n]/;
const OTHER_SPACES = /[^\S \t\r\n]/g;
const CONTAINER_MARKS = /^[ \t>*+.)\d-]*/;
/** A list item without text; some renderers lose the HTML block behind it. */
const EMPTY_ITEM = /(?:^|[ \t>])(?:[*+-]|\d{1,9}[.)])[ \t]*$/;

export function isDisputed(body: string): boolean {
  if (!OTHER_SPACE.test(body) && !/^[ \t>*+.)\d-]*</m.test(body)) return false;
  let isBehindEmptyItem = false;
  for (const line of body.split(/\r\n|\n|\r/)) {
    const rest = line.replace(CONTAINER_MARKS, "");
    if (isBehindEmptyItem && rest.startsWith("<")) return true;
    if (OTHER_SPACE.test(rest) && readsDifferently(rest)) return true;
    isBehindEmptyItem = EMPTY_ITEM.test(line);
  }
  return false;
}

function readsDifferently(rest: string): boolean {
  if (rest.startsWith("```")) return /[\u2028\u2029]/.test(rest);
  return htmlBlockStart(rest) !== htmlBlockStart(rest.replace(OTHER_SPACES, " "));
}
