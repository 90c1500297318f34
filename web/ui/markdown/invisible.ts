/** A piece of text: what can be read as it is, or a run of characters that cannot be seen and therefore gets a mark. */
export type TextPiece =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "mark"; readonly label: string; readonly description: string };

/**
 * Everything that may hide or reorder text: controls, zero-width and bidi characters, fillers, variation selectors,
 * tag characters. Ordinary text matches nowhere, so the check costs one pass.
 */
const suspicious =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u115F\u1160\u17B4\u17B5\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\p{Variation_Selector}|\u034F|\u180E|[\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/u;
/** More marks on one letter than any script has: they cover the lines around them and take fonts minutes to place. */
const piledMarks = /\p{M}{13,}/u;
const suspiciousRuns = new RegExp(`${piledMarks.source}|(?:${suspicious.source})+`, "gu");

const rightToLeftLetter =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
const joiningLetter =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Mongolian}\p{M}]/u;
const pictograph = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]|\p{Variation_Selector}/u;
const directionMark = /^[\u200E\u200F\u061C]$/;
/** A text with more marks than this is an attack on the eye; what follows gets one replacement sign a run. */
const maxPieces = 400;
const flagTags = /^[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}$/u;

const names: Readonly<Record<number, string>> = {
  0x034f: "grapheme joiner",
  0x061c: "Arabic letter mark",
  0x200b: "zero-width space",
  0x200c: "zero-width non-joiner",
  0x200d: "zero-width joiner",
  0x200e: "left-to-right mark",
  0x200f: "right-to-left mark",
  0x2028: "line separator",
  0x2029: "paragraph separator",
  0x202a: "left-to-right embedding",
  0x202b: "right-to-left embedding",
  0x202c: "end of embedding",
  0x202d: "left-to-right override",
  0x202e: "right-to-left override",
  0x2060: "word joiner",
  0x2066: "left-to-right isolate",
  0x2067: "right-to-left isolate",
  0x2068: "first strong isolate",
  0x2069: "end of isolate",
  0xfeff: "byte order mark",
};

/**
 * Splits text into what is seen and marks for what is not. Characters that a script or an emoji needs (joiners between
 * letters, one variation selector, flags, direction marks beside right-to-left letters) stay as they are.
 */
export function markInvisible(text: string): readonly TextPiece[] {
  if (!suspicious.test(text) && !piledMarks.test(text)) return [{ type: "text", text }];
  const pieces: TextPiece[] = [];
  const isRightToLeft = rightToLeftLetter.test(text);
  let shown = 0;
  for (const match of text.matchAll(suspiciousRuns)) {
    const end = match.index + match[0].length;
    if (directionMark.test(match[0]) ? isRightToLeft : isNeeded(match[0], text, match.index, end)) continue;
    if (pieces.length >= maxPieces) break;
    if (match.index > shown) pieces.push({ type: "text", text: text.slice(shown, match.index) });
    pieces.push(markOf(match[0]));
    shown = end;
  }
  if (pieces.length >= maxPieces)
    return [...pieces, { type: "text", text: text.slice(shown).replace(suspiciousRuns, "\uFFFD") }];
  if (shown < text.length) pieces.push({ type: "text", text: text.slice(shown) });
  return pieces;
}

/** The text with its marks spelled out, for places that hold no elements: titles, labels, file names. */
export function withMarks(text: string): string {
  return markInvisible(text)
    .map((piece) => (piece.type === "text" ? piece.text : `[${piece.label}]`))
    .join("");
}

function isNeeded(run: string, text: string, start: number, end: number): boolean {
  const before = characterBefore(text, start);
  const after = characterAt(text, end);
  if (run === "\u200C") return joiningLetter.test(before) && joiningLetter.test(after);
  if (run === "\u200D") {
    return (
      (joiningLetter.test(before) && joiningLetter.test(after)) || (pictograph.test(before) && pictograph.test(after))
    );
  }
  if (run === "\uFE0F\u200D") return pictograph.test(before) && pictograph.test(after);
  if (run === "\uFE0E" || run === "\uFE0F") return /[\p{Emoji}\p{S}]/u.test(before);
  if (/^[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]$/u.test(run)) return /[\p{Script=Han}\p{Sm}]/u.test(before);
  if (/^[\u180B-\u180F]$/u.test(run)) return /\p{Script=Mongolian}/u.test(before);
  return before === "\u{1F3F4}" && flagTags.test(run);
}

function markOf(run: string): TextPiece {
  const points = [...run].map((character) => character.codePointAt(0) ?? 0);
  const first = points[0] ?? 0;
  const hidden = hiddenText(points);
  const name = names[first] ?? "invisible character";
  const code = `U+${first.toString(16).toUpperCase().padStart(4, "0")}`;
  if (hidden !== "")
    return { type: "mark", label: `hidden: ${hidden}`, description: `Text in tag characters: ${hidden}` };
  if (piledMarks.test(run)) {
    return { type: "mark", label: `◌ × ${points.length}`, description: `${points.length} marks on one letter` };
  }
  if (points.length === 1) return { type: "mark", label: code, description: `${name} (${code})` };
  return {
    type: "mark",
    label: `${code} × ${points.length}`,
    description: `${points.length} invisible characters, first ${name}`,
  };
}

/** Tag characters mirror ASCII; what they spell is shown, since a model may read it. */
function hiddenText(points: readonly number[]): string {
  return points
    .filter((point) => point >= 0xe0020 && point <= 0xe007e)
    .slice(0, 200)
    .map((point) => String.fromCodePoint(point - 0xe0000))
    .join("");
}

function characterBefore(text: string, index: number): string {
  if (index === 0) return "";
  const low = text.charCodeAt(index - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && index > 1;
  return text.slice(index - (isPair ? 2 : 1), index);
}

function characterAt(text: string, index: number): string {
  const point = text.codePointAt(index);
  return point === undefined ? "" : String.fromCodePoint(point);
}
