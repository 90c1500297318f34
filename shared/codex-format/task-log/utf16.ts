/** UTF-16 is recognised to be named, never read as a log. */
export type Utf16 = { readonly start: number; readonly isLittleEndian: boolean };

/** By its byte order mark, or by the zero that every second byte of ASCII is. */
export function detectUtf16(bytes: Uint8Array): Utf16 | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return { start: 2, isLittleEndian: true };
  if (first === 0xfe && second === 0xff) return { start: 2, isLittleEndian: false };
  if (first && second === 0 && third && fourth === 0) return { start: 0, isLittleEndian: true };
  if (first === 0 && second && third === 0 && fourth) return { start: 0, isLittleEndian: false };
  return undefined;
}

/** From `start` on; a last half unit is left out. */
export function decodeUtf16(bytes: Uint8Array, { start, isLittleEndian }: Utf16): string {
  const units: string[] = [];
  for (let index = start; index + 1 < bytes.length; index += 2) {
    const [one, other] = [bytes[index] ?? 0, bytes[index + 1] ?? 0];
    units.push(String.fromCharCode(isLittleEndian ? one | (other << 8) : (one << 8) | other));
  }
  return units.join("");
}
