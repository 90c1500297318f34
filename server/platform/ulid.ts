import { randomBytes } from "node:crypto";
import { type Clock, systemClock } from "./clock.ts";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_LETTERS = 10;
const RANDOM_LETTERS = 16;

/**
 * A ULID: 10 letters of Crockford base-32 for the milliseconds since 1970, 16 for 80 random bits. Ids of one
 * millisecond are in no order. `random` gives that many random bytes.
 */
export function newUlid(clock: Clock = systemClock, random: (count: number) => Uint8Array = randomBytes): string {
  let id = "";
  let milliseconds = clock.now().getTime();
  for (let letter = 0; letter < TIME_LETTERS; letter += 1) {
    id = LETTERS.charAt(milliseconds % 32) + id;
    milliseconds = Math.floor(milliseconds / 32);
  }
  for (const byte of random(RANDOM_LETTERS)) id += LETTERS.charAt(byte & 31);
  return id;
}

/** A ULID's letters made of a digest's first 16 bytes: the same id for the same bytes. It tells no time. */
export function ulidFromDigest(digest: Uint8Array): string {
  let bits = 0n;
  for (const byte of digest.subarray(0, 16)) bits = (bits << 8n) | BigInt(byte);
  let id = "";
  for (let letter = 0; letter < TIME_LETTERS + RANDOM_LETTERS; letter += 1) {
    id = LETTERS.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}
