import { describe, expect, it } from "vitest";
import { markInvisible, withMarks } from "./invisible.ts";

function labels(text: string): string[] {
  return markInvisible(text).flatMap((piece) => (piece.type === "mark" ? [piece.label] : []));
}

describe("markInvisible", () => {
  it("leaves ordinary text as it is, in any script", () => {
    for (const text of ["plain, text; with tabs\t and\nlines", "سلام", "नमस्ते", "日本語", "naïve café", "a\u00ADb"]) {
      expect(markInvisible(text)).toEqual([{ type: "text", text }]);
    }
  });

  it("leaves what scripts and emoji need", () => {
    for (const text of [
      "👨‍👩‍👧 family",
      "❤️‍🔥",
      "🏳️‍🌈",
      "👍🏽",
      "1️⃣",
      "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
      "می‌خواهم",
      "क्‍ष",
      "مرحبا\u200f!",
      "\u8fbb\u{E0100}",
    ]) {
      expect(labels(text)).toEqual([]);
    }
  });

  it("marks what hides or reorders text", () => {
    expect(labels("a\u202eb\u2066c\u200bd\ufeffe\u0000f\u2028g")).toEqual([
      "U+202E",
      "U+2066",
      "U+200B",
      "U+FEFF",
      "U+0000",
      "U+2028",
    ]);
    expect(labels("pass\u200dword, pass\u200cword, a\u200eb, x\u3164y")).toEqual([
      "U+200D",
      "U+200C",
      "U+200E",
      "U+3164",
    ]);
    expect(labels("a\ufe0f\ufe0e")).toEqual(["U+FE0F × 2"]);
  });

  it("spells out text written in tag characters", () => {
    const hidden = Array.from("ignore", (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
    expect(labels(`hello${hidden}`)).toEqual(["hidden: ignore"]);
    expect(labels(`🏴${hidden}`)).toEqual(["hidden: ignore"]);
  });

  it("loses no visible character, and never makes more pieces than a page can hold", () => {
    const text = "a\u200b".repeat(20_000);
    const pieces = markInvisible(text);
    expect(pieces.length).toBeLessThan(500);
    const seen = pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
    expect(seen.replaceAll("\uFFFD", "")).toBe("a".repeat(20_000));
  });

  it("counts marks piled on one letter instead of drawing them", () => {
    expect(labels(`a${"\u0301".repeat(30)}b`)).toEqual(["◌ × 30"]);
    expect(labels(`a${"\u0301".repeat(4)}b`)).toEqual([]);
  });

  it("spells marks out where no elements can be", () => {
    expect(withMarks("a\u202eb")).toBe("a[U+202E]b");
  });
});
