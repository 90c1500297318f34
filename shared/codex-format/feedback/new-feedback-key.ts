/** Crockford's base-32: no letters that are read for another. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 10;

/** A new id of feedback: `fb-` and ten characters of 50 random bits. `random` gives that many random bytes. */
export function newFeedbackKey(random: (count: number) => Uint8Array): string {
  return `fb-${Array.from(random(LENGTH), (byte) => ALPHABET[byte & 31]).join("")}`;
}
