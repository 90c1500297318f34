import { describe, expect, it } from "vitest";
import { directionOf } from "./direction.ts";

describe("directionOf", () => {
  it("takes the majority of letters, not the first strong letter", () => {
    expect(directionOf("SQLite أم ملفات للفهرس؟")).toBe("rtl");
    expect(directionOf("مرحبا is how one says hello in Arabic")).toBe("ltr");
  });

  it("knows Hebrew and leaves text without letters to the browser", () => {
    expect(directionOf("שלום עולם")).toBe("rtl");
    expect(directionOf("12 + 30 = 42")).toBe("auto");
    expect(directionOf("")).toBe("auto");
  });

  it("reads only the beginning of a long text", () => {
    expect(directionOf(`${"a".repeat(4000)}${"ש".repeat(9000)}`)).toBe("ltr");
  });
});
