/** The marker line of a unit: `### label <!-- message id=a1 parent=root role=user -->`. */

export type UnitKind = "message" | "part" | "section";

export interface Marker {
  readonly kind: UnitKind;
  /** For people only. */
  readonly label: string;
  /** In the order of the line. */
  readonly attributes: ReadonlyMap<string, string>;
}

const COMMENT_START = / <!-- (message|part|section)(?= )/y;
const NOT_IN_NAME = /[^a-z0-9_-]/;
const NOT_IN_BARE = /[^A-Za-z0-9._:/+@-]/;
const NEEDS_JSON_ESCAPE = /[<>\u2028\u2029]|-(?=-)/g;
/** The order in which the writer puts attributes; others follow in the order given. */
const ORDER = [
  ...["id", "parent", "role", "at", "model", "status", "in", "out", "ms", "cost"],
  ...["type", "call", "name", "src", "mime", "bytes", "sha256", "wrap", "enc", "eol", "edited", "replaces"],
];

/** Reads one line without its LF (and with its CR, if any). Undefined when it is not a marker line. */
export function parseMarker(line: string): Marker | undefined {
  if (!line.startsWith("### ")) return undefined;
  const content = trimLineEnd(line);
  if (!content.endsWith(" -->") || content.includes("\r")) return undefined;
  // No attribute can hold a raw `<`, so the last one starts the comment.
  const commentStart = content.lastIndexOf("<") - 1;
  if (commentStart < 4) return undefined;
  COMMENT_START.lastIndex = commentStart;
  const opening = COMMENT_START.exec(content);
  if (opening === null) return undefined;
  const attributes = parseAttributes(content, COMMENT_START.lastIndex, content.length - " -->".length);
  if (attributes === undefined) return undefined;
  return { kind: opening[1] as UnitKind, label: content.slice(4, commentStart), attributes };
}

/** Writes the line without its end. @throws RangeError for an attribute name that the format does not have. */
export function writeMarker(marker: Marker): string {
  const known = ORDER.filter((name) => marker.attributes.has(name));
  const others = [...marker.attributes.keys()].filter((name) => !ORDER.includes(name));
  const attributes = [...known, ...others].map((name) => writeAttribute(name, marker.attributes.get(name) ?? ""));
  return `### ${cleanLabel(marker.label)} <!-- ${[marker.kind, ...attributes].join(" ")} -->`;
}

/** The label as the writer puts it into a file. */
export function cleanLabel(label: string): string {
  return label
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]/gu, " ")
    .replaceAll("<!--", "<! --");
}

function isAttributeName(name: string): boolean {
  return /^[a-z]/.test(name) && !NOT_IN_NAME.test(name) && !name.includes("--");
}

function trimLineEnd(line: string): string {
  let end = line.endsWith("\r") ? line.length - 1 : line.length;
  while (line[end - 1] === " " || line[end - 1] === "\t") end--;
  return line.slice(0, end);
}

/** Without one regular expression over a whole value: a value of many megabytes must not overflow its stack. */
function parseAttributes(content: string, start: number, end: number): Map<string, string> | undefined {
  const attributes = new Map<string, string>();
  let position = start;
  while (position < end) {
    const equals = content.indexOf("=", position);
    if (equals === -1 || content[position] !== " ") return undefined;
    const name = content.slice(position + 1, equals);
    const isQuoted = content[equals + 1] === '"';
    position = isQuoted ? quotedEnd(content, equals + 1) : bareEnd(content, equals + 1, end);
    const raw = content.slice(equals + 1, position);
    const value = isQuoted ? parseQuoted(raw) : parseBare(raw);
    if (value === undefined || !isAttributeName(name) || attributes.has(name)) return undefined;
    attributes.set(name, value);
  }
  return position === end ? attributes : undefined;
}

function bareEnd(content: string, start: number, end: number): number {
  const space = content.indexOf(" ", start);
  return space === -1 ? end : Math.min(space, end);
}

function quotedEnd(content: string, start: number): number {
  let position = start + 1;
  while (position < content.length && content[position] !== '"') position += content[position] === "\\" ? 2 : 1;
  return position + 1;
}

function parseBare(raw: string): string | undefined {
  return raw === "" || NOT_IN_BARE.test(raw) || raw.includes("--") ? undefined : raw;
}

function parseQuoted(quoted: string): string | undefined {
  if (/[<>\u2028\u2029]|--/.test(quoted)) return undefined;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

function writeAttribute(name: string, value: string): string {
  if (!isAttributeName(name)) throw new RangeError(`"${name}" cannot be the name of an attribute.`);
  if (parseBare(value) !== undefined) return `${name}=${value}`;
  const quoted = JSON.stringify(value).replace(NEEDS_JSON_ESCAPE, unicodeEscape);
  return `${name}=${quoted}`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
