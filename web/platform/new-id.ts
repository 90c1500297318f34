const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Ten random characters of lower-case Crockford base-32 (docs/file-formats.md). */
export function newId(randomBytes: (length: number) => Uint8Array = cryptoBytes): string {
  return Array.from(randomBytes(10), (byte) => alphabet[byte & 31]).join("");
}

function cryptoBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
