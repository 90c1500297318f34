import { describe, expect, it } from "vitest";
import { countLines, isLongText, joinTexts } from "./pasted-text.tsx";

describe("long pastes", () => {
  it("calls text long by its lines or its length", () => {
    expect(isLongText("line\n".repeat(401))).toBe(true);
    expect(isLongText("x".repeat(40_001))).toBe(true);
    expect(isLongText("line\n".repeat(300))).toBe(false);
  });

  it("counts lines", () => {
    expect(countLines("")).toBe(1);
    expect(countLines("a\nb\n")).toBe(3);
  });

  it("joins what was typed and what was pasted, without empty parts", () => {
    expect(joinTexts("look at this", ["one", "two"])).toBe("look at this\n\none\n\ntwo");
    expect(joinTexts(" \n", ["one"])).toBe("one");
    expect(joinTexts("typed", [])).toBe("typed");
  });
});
