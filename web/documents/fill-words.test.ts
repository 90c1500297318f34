import { expect, test } from "vitest";
import { fillWords, isOwnForm } from "./fill-words.ts";

test("a document that follows the template is measured by it", () => {
  expect(isOwnForm({ filled: 7, total: 9, own: 8 })).toBe(false);
  expect(fillWords({ filled: 7, total: 9, own: 8 })).toBe("7 of 9 sections filled");
});

test("an empty template is no form of its own", () => {
  expect(fillWords({ filled: 0, total: 9, own: 0 })).toBe("0 of 9 sections filled");
});

test("a document with sections of its own is not called empty", () => {
  expect(isOwnForm({ filled: 1, total: 11, own: 7 })).toBe(true);
  expect(fillWords({ filled: 1, total: 11, own: 7 })).toBe("7 sections filled");
});
