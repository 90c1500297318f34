/** From the bytes of a body to its text: escape, line ends, `wrap` and `enc`. */
import { decodeStrictly, decodeText, firstLineNotUtf8, hasOnlyCrlf, type LineEnd, toLineFeeds } from "./bytes.ts";
import { mayHoldEscapes, unescapeBody } from "./escape.ts";
import type { Marker, UnitKind } from "./marker.ts";
import { unwrapText } from "./wrap.ts";

export interface BodyProblem {
  readonly reason: "not-utf8" | "wrap" | "enc" | "line-ends-changed";
  /** Lines behind the marker line, when the problem has a line of its own. */
  readonly lineOffset?: number;
}

export interface BodyContent {
  readonly text: string;
  /** The body's bytes before `wrap` and `enc` are read, kept when they are not UTF-8. */
  readonly raw?: Uint8Array;
  readonly problems: readonly BodyProblem[];
}

interface BodyFrame {
  /** The bytes of the whole unit. */
  readonly unit: Uint8Array;
  readonly lineEnd: LineEnd;
  readonly marker: Marker;
}

export type LineEndKind = "crlf" | "mixed";

// Control characters on purpose: these are the characters that plain text cannot carry.
const NEEDS_JSON = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** Reads the escaped body of a unit, framing and guard taken off. Never throws. */
export function readBody(escaped: Uint8Array, frame: BodyFrame): BodyContent {
  const { attributes, kind } = frame.marker;
  const decoded = readText(escaped);
  const problems: BodyProblem[] = [...decoded.problems];
  const eol = attributes.get("eol");
  const isKept = eol === "crlf" || eol === "mixed";
  if (isKept && lineEndKind(decoded.text) !== eol) problems.push({ reason: "line-ends-changed" });
  const isConverted = !isKept && frame.lineEnd === "\r\n" && hasOnlyCrlf(frame.unit);
  const layers = readLayers(isConverted ? decoded.text.replaceAll("\r\n", "\n") : decoded.text, attributes, kind);
  problems.push(...layers.problems);
  const raw = decoded.raw && (isConverted ? toLineFeeds(decoded.raw) : decoded.raw);
  return { text: layers.text, problems, ...(raw && { raw }) };
}

/** Takes `wrap` (of parts) and `enc` off a body; what is not as they say stays as it stands, with a problem. */
export function readLayers(body: string, attributes: ReadonlyMap<string, string>, kind: UnitKind): BodyContent {
  const problems: BodyProblem[] = [];
  const wrap = kind === "part" ? attributes.get("wrap") : undefined;
  const unwrapped = wrap === undefined ? { text: body, isWrapped: true } : unwrapText(body, wrap);
  if (!unwrapped.isWrapped) problems.push({ reason: "wrap" });
  const encoding = attributes.get("enc");
  const value = encoding === "json" ? readJsonString(unwrapped.text) : undefined;
  if (encoding !== undefined && value === undefined) problems.push({ reason: "enc" });
  return { text: value ?? unwrapped.text, problems };
}

/** Un-escapes and decodes; for a preamble this is all there is to do. */
export function readText(escaped: Uint8Array): BodyContent {
  const decoded = decodeStrictly(escaped);
  if (decoded !== undefined && !mayHoldEscapes(decoded)) return { text: decoded, problems: [] };
  const body = unescapeBody(escaped);
  if (decoded !== undefined) return { text: decodeText(body), problems: [] };
  return {
    text: decodeText(body),
    raw: body,
    problems: [{ reason: "not-utf8", lineOffset: firstLineNotUtf8(escaped) }],
  };
}

/** `enc` for a text that plain UTF-8 lines cannot carry: NUL, other C0 controls, lone surrogates. */
export function encodingFor(text: string): "json" | undefined {
  return NEEDS_JSON.test(text) || !text.isWellFormed() ? "json" : undefined;
}

/** What `eol` must say of a body, or undefined when it holds no CR. */
export function lineEndKind(body: string): LineEndKind | undefined {
  if (!body.includes("\r")) return undefined;
  return /\r(?!\n)|(?<!\r)\n/.test(body) ? "mixed" : "crlf";
}

function readJsonString(text: string): string | undefined {
  if (!text.startsWith('"') || !text.endsWith('"') || text.includes("\n")) return undefined;
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
