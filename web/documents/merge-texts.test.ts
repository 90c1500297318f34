import { expect, it } from "vitest";
import { mergeTexts } from "./merge-texts.ts";

const base = "# T\n\none\n\ntwo\n\nthree\n\nfour\n\nfive\n";

it("unites changes of different places", () => {
  const merged = mergeTexts(base, base.replace("one", "ONE"), base.replace("five", "FIVE\n\nsix"));
  expect(merged).toBe(base.replace("one", "ONE").replace("five", "FIVE\n\nsix"));
});

it("gives up when both changed the same place", () => {
  expect(mergeTexts(base, base.replace("two", "mine"), base.replace("two", "theirs"))).toBeUndefined();
});

it("takes the one that changed when the other did not", () => {
  expect(mergeTexts(base, base, "other\n")).toBe("other\n");
  expect(mergeTexts(base, "other\n", base)).toBe("other\n");
});
