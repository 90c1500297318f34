/** Frames around a part's text that make it read well in any viewer: a code fence, or a fence inside `<details>`. */

export interface Unwrapped {
  readonly text: string;
  readonly isWrapped: boolean;
}

const DETAILS_END = "\n\n</details>";

/**
 * Wraps with a fence longer than any run of back-ticks in the text. `wrap` is `fence` or `details`; any other word
 * leaves the text as it stands. `summary` is shown by `details`, `info` by the fence.
 */
export function wrapText(text: string, wrap: string | undefined, about: { summary: string; info: string }): string {
  if (wrap !== "fence" && wrap !== "details") return text;
  const ticks = "`".repeat(Math.max(3, longestRun(text, "`") + 1));
  const fenced = `${ticks}${about.info}\n${text}\n${ticks}`;
  if (wrap === "fence") return fenced;
  return `<details><summary>${escapeMarkup(about.summary)}</summary>\n\n${fenced}${DETAILS_END}`;
}

/** Takes the frame off; a body without that frame comes back as it stands with `isWrapped` false. */
export function unwrapText(body: string, wrap: string): Unwrapped {
  const fenced = wrap === "details" ? insideDetails(body) : body;
  const text = wrap === "fence" || wrap === "details" ? insideFence(fenced) : undefined;
  return { text: text ?? body, isWrapped: text !== undefined };
}

/** The length of the longest stretch of one character. */
export function longestRun(text: string, character: string): number {
  let longest = 0;
  let current = 0;
  for (let index = text.indexOf(character); index !== -1; index = text.indexOf(character, index + 1)) {
    current = text[index - 1] === character ? current + 1 : 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

function insideDetails(body: string): string | undefined {
  const lineEnd = body.indexOf("\n");
  const summary = body.slice(0, Math.max(lineEnd, 0));
  if (!summary.startsWith("<details><summary>") || !summary.endsWith("</summary>")) return undefined;
  const start = lineEnd + 2;
  if (body[lineEnd + 1] !== "\n" || !body.endsWith(DETAILS_END)) return undefined;
  return body.slice(start, Math.max(start, body.length - DETAILS_END.length));
}

function insideFence(fenced: string | undefined): string | undefined {
  if (fenced === undefined) return undefined;
  let ticks = 0;
  while (fenced[ticks] === "`") ticks++;
  const opening = fenced.indexOf("\n");
  const closing = fenced.lastIndexOf("\n");
  if (ticks < 3 || opening === -1 || closing <= opening) return undefined;
  if (fenced.slice(ticks, opening).includes("`")) return undefined;
  if (fenced.slice(closing + 1) !== "`".repeat(ticks)) return undefined;
  const text = fenced.slice(opening + 1, closing);
  // Not a search for that many back-ticks: it would take quadratic time on long runs of them.
  return longestRun(text, "`") >= ticks ? undefined : text;
}

function escapeMarkup(label: string): string {
  return label.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
