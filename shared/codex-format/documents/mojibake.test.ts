import fc from "fast-check";
import { expect, test } from "vitest";
import { mojibakeSpans, repairMojibake } from "./mojibake.ts";
import { replaceSpans } from "./replace-spans.ts";
import { encodeWindows1252 } from "./windows-1252.ts";

/** The WHATWG index as the standard prints it, bytes 0x80 to 0x9F; kept apart from the code's own table. */
const UPPER = [
  ...[0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d],
  ...[0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d],
  ...[0x17e, 0x178],
];

const CHARACTERS = Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(UPPER[byte - 0x80] ?? byte));

/** What a program makes of UTF-8 that it takes for windows-1252. */
function damage(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => CHARACTERS[byte]).join("");
}

const wellFormed = fc.string({ unit: "grapheme" }).map((text) => text.toWellFormed().replace(/^\ufeff+/, ""));

test("every byte has its character and back", () => {
  expect(encodeWindows1252(CHARACTERS.join(""))).toEqual(Uint8Array.from(CHARACTERS.keys()));
  expect(encodeWindows1252("Ā")).toBeUndefined();
});

test("the repair of a damaged text is the text, to the byte", () => {
  fc.assert(
    fc.property(wellFormed, fc.boolean(), (text, hasMark) => {
      const mark = hasMark ? "\ufeff" : "";
      const damaged = mark + damage(text);
      const repaired = repairMojibake(damaged);
      // Nothing to repair in ASCII.
      expect(repaired?.text).toBe(/^[\0-\x7f]*$/.test(text) ? undefined : mark + text);
      expect(replaceSpans(damaged, repaired?.changes ?? [])).toBe(mark + text);
    }),
    { numRuns: 2000 },
  );
});

test("headings and trees as they are found damaged come back", () => {
  const text = "## 🧱 System Overview\n├── app/ — “x” 🧑‍🎯 ✅\n";
  expect(repairMojibake(damage(text))?.text).toBe(text);
});

test("a text that is damaged twice is repaired one step at a time", () => {
  expect(repairMojibake(damage(damage("é")))?.text).toBe(damage("é"));
});

test.each(["plain", "é", "naïve café", "🧱", "Ã©🧱", "„Spaß“", "über", "Ã", "\ufeff", "", "\ud800"])(
  "%j is not repaired as a whole",
  (text) => expect(repairMojibake(text)).toBeUndefined(),
);

test("damaged places are found between sound ones", () => {
  const text = `é 🧱 ${damage("é")} x ${damage("🧱—")}é`;
  const spans = mojibakeSpans(text);
  expect(spans.map(({ before, after }) => [before, after])).toEqual([
    [damage("é"), "é"],
    [damage("🧱—"), "🧱—"],
  ]);
  expect(replaceSpans(text, spans)).toBe("é 🧱 é x 🧱—é");
});

test.each(["„Spaß“", "„MENÜ“ – CAFÉ », “MAÇÔ", "à «b»", "naïve", "Ærø", "5 °C", "«É»", "Â", "…—“”", "Łódź"])(
  "%j is sound",
  (text) => expect(mojibakeSpans(text)).toEqual([]),
);

test("any text is looked at without an error, and its damaged places hold what they say", () => {
  const hostile = fc.array(
    fc.constantFrom("Ã", "©", "â", "€", "™", "ð", "Ÿ", "§", "±", "x", "\ud83e", "\ufeff", "\u0081"),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        hostile.map((all) => all.join("")),
      ),
      (text) => {
        repairMojibake(text);
        for (const { start, end, before, after } of mojibakeSpans(text)) {
          expect(text.slice(start, end)).toBe(before);
          expect(damage(after)).toBe(before);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("spans that overlap or lie outside were made from another text", () => {
  expect(() =>
    replaceSpans("abc", [
      { start: 0, end: 2, after: "" },
      { start: 1, end: 3, after: "" },
    ]),
  ).toThrow(RangeError);
  expect(() => replaceSpans("abc", [{ start: 2, end: 4, after: "" }])).toThrow(RangeError);
  expect(
    replaceSpans("abc", [
      { start: 2, end: 3, after: "C" },
      { start: 0, end: 0, after: ">" },
    ]),
  ).toBe(">abC");
});
