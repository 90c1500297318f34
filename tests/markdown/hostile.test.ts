import { describe, expect, it } from "vitest";
import { hostilePatterns } from "./hostile-patterns.ts";
import { payloadClasses } from "./payloads.ts";
import { renderMarkdown } from "./render-markdown.ts";

describe("hostile patterns", () => {
  it("are many, and many kinds", () => {
    expect(hostilePatterns.length).toBeGreaterThan(90);
    expect(payloadClasses.flatMap(({ texts }) => texts).length).toBeGreaterThan(180);
  });

  it.each(hostilePatterns)("$name: becomes a bounded number of elements and loses no end", ({ make }) => {
    const markup = renderMarkdown(`${make(12_000)}\n\nEND-OF-TEXT`);
    expect(markup).toContain("END-OF-TEXT");
    expect(markup.match(/<[a-z]/g)?.length ?? 0).toBeLessThan(30_000);
  });

  it.each(["quotes on one line", "bullets on one line", "links with brackets"])(
    "%s: twice the text makes no more than some three times the elements",
    (name) => {
      const make = hostilePatterns.find((pattern) => pattern.name === name)?.make ?? (() => "");
      const elements = (length: number) => renderMarkdown(make(length)).match(/<[a-z]/g)?.length ?? 0;
      expect(elements(40_000)).toBeLessThanOrEqual(elements(20_000) * 3);
    },
  );

  it("shows what is nested too deep as plain text and says so", () => {
    const markup = renderMarkdown(`${"> ".repeat(100)}deep words`);
    expect(markup).toContain("too large to format");
    expect(markup).toContain("deep words");
  });
});
