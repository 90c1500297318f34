/**
 * Windows-1252 as the WHATWG Encoding Standard has it (index windows-1252): the bytes 0x80 to 0x9F, in order. The five
 * that Microsoft leaves undefined (81, 8D, 8F, 90, 9D) are the control characters of the same number.
 */
const UPPER_CONTROLS =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** The byte of one UTF-16 unit in windows-1252, or -1 when it has none. */
export function windows1252Byte(unit: number): number {
  if (unit < 0x80 || (unit >= 0xa0 && unit <= 0xff)) return unit;
  const index = UPPER_CONTROLS.indexOf(String.fromCharCode(unit));
  return index === -1 ? -1 : 0x80 + index;
}

/** The bytes of the text, or undefined when a character has none. */
export function encodeWindows1252(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = windows1252Byte(text.charCodeAt(index));
    if (byte === -1) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}
