/** The canonical writer of one unit, and of the framing that a unit needs before another may follow. */
import { encodingFor, lineEndKind, readLayers } from "./body.ts";
import { CARRIAGE_RETURN, concatBytes, decodeText, encodeText, LINE_FEED, type LineEnd, toCrlf } from "./bytes.ts";
import { hasOpenConflict } from "./conflict.ts";
import { isDisputed } from "./disputed-body.ts";
import { escapeBody } from "./escape.ts";
import { guardCloser, guardLines } from "./guard.ts";
import { cleanLabel, type Marker, type UnitKind, writeMarker } from "./marker.ts";
import { makeUnit, parseUnit, type Unit } from "./unit.ts";
import { wrapText } from "./wrap.ts";

export interface UnitDraft {
  readonly kind: UnitKind;
  readonly label: string;
  /** Without `enc` and `eol`: they follow from the text. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  /** The bytes that `text` was read from, when they were not UTF-8; used as long as they read as `text`. */
  readonly raw?: Uint8Array | undefined;
}

/** What keeps a body from being read or rendered as more than a body. Tests switch one off to see it missed. */
export interface Protections {
  readonly escape: "on" | "off";
  readonly guard: "on" | "off";
}

export const ALL_PROTECTIONS: Protections = { escape: "on", guard: "on" };

export function composeUnit(draft: UnitDraft, lineEnd: LineEnd, protections: Protections = ALL_PROTECTIONS): Unit {
  const { body, attributes } = composeBody(draft, protections);
  const marker = writeMarker({ kind: draft.kind, label: draft.label, attributes });
  if (body.length === 0) return parseUnit(encodeText(`${marker}${lineEnd}${lineEnd}`));
  const escaped = protections.escape === "on" ? escapeBody(body) : body;
  const isConverted = lineEnd === "\r\n" && !attributes.has("eol");
  const closer = protections.guard === "on" ? guardCloser(decodeText(escaped)) : undefined;
  const guard = closer === undefined ? "" : `${lineEnd}${guardLines(closer, lineEnd)}`;
  return parseUnit(
    concatBytes([
      encodeText(`${marker}${lineEnd}${lineEnd}`),
      isConverted ? toCrlf(escaped) : escaped,
      encodeText(`${guard}${lineEnd}${lineEnd}`),
    ]),
  );
}

/** The same unit with a new marker line; every byte behind that line stays. */
export function replaceMarker(unit: Unit, marker: Marker): Unit {
  const lineEnd = unit.bytes.subarray(markerContentEnd(unit), unit.markerEnd);
  return parseUnit(concatBytes([encodeText(writeMarker(marker)), lineEnd, unit.bytes.subarray(unit.markerEnd)]));
}

/**
 * The unit with all the framing that one behind it needs: line ends, and a guard when its body would swallow the next
 * heading. Its body stays.
 */
export function completeUnit(unit: Unit, protections: Protections = ALL_PROTECTIONS): Unit {
  const { bytes, lineEnd } = unit;
  if (unit.bodyStart === unit.bodyEnd && unit.contentEnd === unit.bodyEnd) return completeEmpty(unit);
  const hasGuard = unit.contentEnd > unit.bodyEnd;
  const isGuarded = hasGuard || protections.guard === "off";
  const closer = isGuarded ? undefined : guardCloser(decodeText(bytes.subarray(unit.bodyStart, unit.bodyEnd)));
  const missing = lineEnd.repeat(2 - (bytes.length - unit.contentEnd) / lineEnd.length);
  if (closer === undefined && missing === "") return unit;
  const guard = closer === undefined ? "" : `${lineEnd}${guardLines(closer, lineEnd)}`;
  const pieces = [bytes.subarray(0, unit.contentEnd), encodeText(guard), bytes.subarray(unit.contentEnd)];
  return makeUnit(concatBytes([...pieces, encodeText(missing)]), unit);
}

function completeEmpty(unit: Unit): Unit {
  const { bytes, markerEnd, lineEnd } = unit;
  if (bytes.length > markerEnd) return unit;
  const hasLineFeed = bytes[markerEnd - 1] === LINE_FEED;
  const markerLineEnd = hasLineFeed ? "" : "\n";
  return makeUnit(concatBytes([bytes, encodeText(`${markerLineEnd}${lineEnd}`)]), unit);
}

/** Where the marker line's CR and LF begin. */
function markerContentEnd(unit: Unit): number {
  const { bytes, markerEnd } = unit;
  const beforeLineFeed = bytes[markerEnd - 1] === LINE_FEED ? markerEnd - 1 : markerEnd;
  return bytes[beforeLineFeed - 1] === CARRIAGE_RETURN ? beforeLineFeed - 1 : beforeLineFeed;
}

function composeBody(
  draft: UnitDraft,
  protections: Protections,
): { readonly body: Uint8Array; readonly attributes: Map<string, string> } {
  const attributes = new Map(draft.attributes);
  attributes.delete("enc");
  attributes.delete("eol");
  if (draft.raw !== undefined) {
    const shown = decodeText(draft.raw);
    if (readLayers(shown, attributes, draft.kind).text === draft.text) {
      setLineEnds(attributes, shown);
      return { body: draft.raw, attributes };
    }
  }
  const wrap = draft.kind === "part" ? attributes.get("wrap") : undefined;
  const isFramed = wrap === "fence" || wrap === "details";
  const isAtRisk = hasOpenConflict(draft.text) || (!isFramed && isDisputed(draft.text));
  const needsJson = protections.guard === "on" && isAtRisk;
  const encoding = needsJson ? "json" : encodingFor(draft.text);
  if (encoding !== undefined) attributes.set("enc", encoding);
  const encoded = encoding === undefined ? draft.text : JSON.stringify(draft.text);
  const body = wrapText(encoded, wrap, { summary: cleanLabel(draft.label), info: fenceInfo(draft, encoded) });
  setLineEnds(attributes, body);
  return { body: encodeText(body), attributes };
}

function setLineEnds(attributes: Map<string, string>, body: string): void {
  const kind = lineEndKind(body);
  if (kind !== undefined) attributes.set("eol", kind);
}

/** Arguments of a tool call are JSON: viewers may colour them. */
function fenceInfo(draft: UnitDraft, text: string): string {
  return draft.attributes.get("type") === "tool-call" && text.startsWith("{") ? "json" : "";
}
