/** Link reference definitions (CommonMark 0.31, §4.7), as far as needed to know where they end. */

const LABEL_LIMIT = 1000;
const CLOSERS: ReadonlyMap<string, string> = new Map(Object.entries({ '"': '"', "'": "'", "(": ")" }));

/** The offset behind all definitions at the start of a paragraph's text (lines without their indentation). */
export function skipLinkDefinitions(paragraph: string): number {
  let position = 0;
  while (paragraph[position] === "[") {
    const end = definitionEnd(paragraph, position);
    if (end === undefined) return position;
    position = end;
  }
  return position;
}

function definitionEnd(text: string, start: number): number | undefined {
  const label = labelEnd(text, start);
  if (label === undefined || text[label] !== ":") return undefined;
  const destination = destinationEnd(text, skipSpace(text, label + 1));
  if (destination === undefined) return undefined;
  const titleStart = skipSpace(text, destination);
  const title = titleStart === destination ? undefined : titleEnd(text, titleStart);
  const withTitle = title === undefined ? undefined : lineEnd(text, title);
  return withTitle ?? lineEnd(text, destination);
}

function labelEnd(text: string, start: number): number | undefined {
  let hasContent = false;
  for (let position = start + 1; position <= start + LABEL_LIMIT && position < text.length; position++) {
    const character = text[position] as string;
    if (character === "]") return hasContent ? position + 1 : undefined;
    if (character === "[") return undefined;
    if (character === "\\") position++;
    if (/\S/.test(character)) hasContent = true;
  }
  return undefined;
}

function destinationEnd(text: string, start: number): number | undefined {
  if (text[start] === "<") return angleDestinationEnd(text, start);
  let depth = 0;
  let position = start;
  for (; position < text.length; position++) {
    const character = text[position] as string;
    if (character <= " " || character === "\x7f") break;
    if (character === "\\" && /[!-/:-@[-`{-~]/.test(text[position + 1] ?? "")) position++;
    if (text[position] === "\\" || character === "\\") continue;
    if (character === "(") depth++;
    if (character === ")" && --depth < 0) break;
  }
  return position === start || depth > 0 ? undefined : position;
}

function angleDestinationEnd(text: string, start: number): number | undefined {
  for (let position = start + 1; position < text.length; position++) {
    const character = text[position];
    if (character === ">") return position + 1;
    if (character === "<" || character === "\n") return undefined;
    if (character === "\\") position++;
  }
  return undefined;
}

function titleEnd(text: string, start: number): number | undefined {
  const opener = text[start] ?? "";
  const closer = CLOSERS.get(opener);
  if (closer === undefined) return undefined;
  for (let position = start + 1; position < text.length; position++) {
    if (text[position] === closer) return position + 1;
    if (text[position] === opener) return undefined;
    if (text[position] === "\\") position++;
  }
  return undefined;
}

/** Blanks and at most one line end. */
function skipSpace(text: string, start: number): number {
  const position = skipBlanks(text, start);
  return text[position] === "\n" ? skipBlanks(text, position + 1) : position;
}

function skipBlanks(text: string, start: number): number {
  let position = start;
  while (text[position] === " " || text[position] === "\t") position++;
  return position;
}

/** The offset behind the line end when only blanks stand before it. */
function lineEnd(text: string, start: number): number | undefined {
  const position = skipBlanks(text, start);
  if (position === text.length) return position;
  return text[position] === "\n" ? position + 1 : undefined;
}
