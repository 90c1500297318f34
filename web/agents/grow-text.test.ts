import { expect, it } from "vitest";
import { growText } from "./grow-text.ts";

it("puts pieces at their places, once each", () => {
  expect(growText("ab", { at: 2, text: "cd" })).toBe("abcd");
  expect(growText("abcd", { at: 2, text: "cd" })).toBe("abcd");
  expect(growText("abcd", { at: 0, text: "ab" })).toBe("abcd");
  expect(growText("abc", { at: 2, text: "cd" })).toBe("abcd");
});

it("sees a gap and a new beginning", () => {
  expect(growText("ab", { at: 3, text: "d" })).toBeUndefined();
  expect(growText("abcd", { at: 0, text: "xy" })).toBe("xy");
});
