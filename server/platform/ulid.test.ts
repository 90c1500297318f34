import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { newUlid, ulidFromDigest } from "./ulid.ts";

const at = (milliseconds: number) => ({ now: () => new Date(milliseconds), monotonic: () => 0 });

test("begins with the time, as in the ULID specification's example, and goes on with the random bytes", () => {
  expect(newUlid(at(1469918176385), (count) => new Uint8Array(count).fill(31))).toBe("01ARYZ6S41ZZZZZZZZZZZZZZZZ");
});

test("sorts by time and is never given twice", () => {
  expect(newUlid(at(1_000_000_000_000)) < newUlid(at(1_000_000_000_001))).toBe(true);
  expect(new Set(Array.from({ length: 1000 }, () => newUlid(at(0)))).size).toBe(1000);
});

test("a digest gives the same id of a ULID's form each time", () => {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  expect(ulidFromDigest(digest("a"))).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  expect(ulidFromDigest(digest("a"))).toBe(ulidFromDigest(digest("a")));
  expect(ulidFromDigest(digest("a"))).not.toBe(ulidFromDigest(digest("b")));
});
