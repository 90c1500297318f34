import { expect, it } from "vitest";
import { counted, moneyWords, shortCount } from "./number-words.ts";

it("writes large numbers short", () => {
  expect([7, 999, 3120, 318_400, 2_390_000].map(shortCount)).toEqual(["7", "999", "3.1k", "318k", "2.4M"]);
});

it("gives a number its noun, and groups its digits", () => {
  expect([0, 1, 12_400].map((count) => counted(count, "entry", "entries"))).toEqual([
    "0 entries",
    "1 entry",
    "12,400 entries",
  ]);
});

it("puts a sign before the amount and a word after it", () => {
  expect(moneyWords(1.84, "$")).toBe("$1.84");
  expect(moneyWords(1.84, "EUR")).toBe("1.84 EUR");
  expect(moneyWords(0.021, "€")).toBe("€0.021");
  expect(moneyWords(0, "$")).toBe("$0.00");
});
