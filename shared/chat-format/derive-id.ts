import { concatBytes, encodeText } from "./bytes.ts";
import { sha256 } from "./sha256.ts";

/** Crockford's base-32, lower case. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const ID_LENGTH = 10;

/**
 * The id of a message or part that has none of its own: the first 10 characters of the base-32 of
 * SHA-256(text as UTF-8, a zero byte, ordinal in decimal). `ordinal` counts from 1 in the file. When that id is
 * taken, another zero byte and a counter from 2 are hashed too.
 */
export function deriveId(text: string, ordinal: number, isTaken: (id: string) => boolean): string {
  const body = encodeText(text);
  for (let attempt = 1; ; attempt++) {
    const suffix = attempt === 1 ? `\0${ordinal}` : `\0${ordinal}\0${attempt}`;
    const id = firstCharacters(sha256(concatBytes([body, encodeText(suffix)])));
    if (!isTaken(id)) return id;
  }
}

function firstCharacters(digest: Uint8Array): string {
  let characters = "";
  let bits = 0;
  let bitCount = 0;
  for (const byte of digest) {
    bits = (bits << 8) | byte;
    bitCount += 8;
    while (bitCount >= 5 && characters.length < ID_LENGTH) {
      bitCount -= 5;
      characters += ALPHABET.charAt((bits >>> bitCount) & 31);
    }
    bits &= (1 << bitCount) - 1;
    if (characters.length === ID_LENGTH) return characters;
  }
  return characters;
}
