const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timeLength = 10;
const randomLength = 16;

/** A new ULID: 10 characters of the time in milliseconds, 16 of chance, in upper-case Crockford base-32. */
export function newRunId(
  now: number = Date.now(),
  randomBytes: (length: number) => Uint8Array = (length) => crypto.getRandomValues(new Uint8Array(length)),
): string {
  const time = Array.from(
    { length: timeLength },
    (_, at) => alphabet[Math.floor(now / 32 ** (timeLength - 1 - at)) % 32],
  );
  return [...time, ...Array.from(randomBytes(randomLength), (byte) => alphabet[byte & 31])].join("");
}
