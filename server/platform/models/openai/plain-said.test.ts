import { describe, expect, it } from "vitest";
import { createSecret } from "../../secret.ts";
import { plainSaid } from "./plain-said.ts";

const key = createSecret("sk-canary-0123456789-abcd");

describe("what a server said", () => {
  it("is cut to 1 kB without breaking a character", () => {
    const said = plainSaid("é🌅".repeat(1_000), undefined) ?? "";
    expect(Buffer.byteLength(said)).toBeLessThanOrEqual(1_024);
    expect(said).toMatch(/^(é🌅)+é?…$/u);
  });

  it("loses its tags when it is a page, and keeps them when it is text", () => {
    const page =
      "<!DOCTYPE html><html><head><title>Bad gateway</title><style>p{}</style></head><body><p>nginx</p></body></html>";
    expect(plainSaid(page, undefined)).toBe("Bad gateway nginx");
    expect(plainSaid("a < b and c > d", undefined)).toBe("a < b and c > d");
  });

  it("loses control characters and marks that turn the direction of text", () => {
    expect(plainSaid("a\u0000b\u001b[31mc\u202Ed\u2028e", undefined)).toBe("a b [31mc d e");
    expect(plainSaid("\u0007 \n", undefined)).toBeUndefined();
  });

  it("never shows the key", () => {
    const said = plainSaid(`Bad key: Bearer ${key.reveal()} (${key.reveal()})`, key);
    expect(said).toBe("Bad key: Bearer …abcd (…abcd)");
  });

  it("never shows the key, also where the limit would cut it", () => {
    for (let before = 65_500; before < 65_540; before += 1) {
      const said = plainSaid(`${" ".repeat(before)}${key.reveal()}`, key) ?? "";
      expect(said).not.toContain("canary");
    }
  });
});
