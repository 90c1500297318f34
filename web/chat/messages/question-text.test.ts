import { describe, expect, it } from "vitest";
import { beginningOf } from "./question-text.tsx";

describe("beginningOf", () => {
  it("shows a text of usual length whole", () => {
    expect(beginningOf("line\n".repeat(39))).toBeUndefined();
  });

  it("folds by lines and by length", () => {
    expect(beginningOf("line\n".repeat(20_000))?.split("\n")).toHaveLength(14);
    expect(beginningOf("x".repeat(7000))).toHaveLength(1500);
  });
});
