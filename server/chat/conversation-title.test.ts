import { describe, expect, it } from "vitest";
import { conversationPath, conversationTitle } from "./conversation-title.ts";

describe("conversationTitle", () => {
  it.each([
    ["Why does this line split my chat?", "Why does this line split my chat?"],
    ["\n\n  ## Fix the **parser** \nmore", "Fix the parser"],
    ["```ts\nconst a = 1;\n```", "const a = 1;"],
    ["- one\n- two", "one"],
    ["> quoted words", "quoted words"],
    ["   ", "Untitled"],
    ["\u202eevil\u0000 title\u2028x", "evil title x"],
    ["ما هو أفضل حل؟", "ما هو أفضل حل؟"],
  ])("takes the first line that says something: %j", (text, title) => expect(conversationTitle(text)).toBe(title));

  it("cuts at a word, never in the middle of a character", () => {
    expect(conversationTitle("word ".repeat(40))).toBe(`${"word ".repeat(11)}word…`.replace("word word…", "word…"));
    expect([...conversationTitle("😀".repeat(200))]).toHaveLength(60);
  });

  it("looks only at the beginning of a huge paste", () => {
    expect(conversationTitle(`start\n${"x".repeat(5_000_000)}`)).toBe("start");
  });
});

describe("conversationPath", () => {
  const now = new Date(2026, 10, 22);
  it.each([
    ["Fix the parser!", "conversations/2026/2026-11-22-fix-the-parser-7k2m9q.chat.md"],
    ["Über Größe & Maß", "conversations/2026/2026-11-22-uber-große-maß-7k2m9q.chat.md"],
    ["../../etc/passwd", "conversations/2026/2026-11-22-etc-passwd-7k2m9q.chat.md"],
    ["???", "conversations/2026/2026-11-22-7k2m9q.chat.md"],
    ["日本語の題名", "conversations/2026/2026-11-22-日本語の題名-7k2m9q.chat.md"],
  ])("%j lies at %s", (title, path) => expect(conversationPath(title, "7k2m9qd4xa", now)).toBe(path));

  it("stays a name that every file system takes", () => {
    const name = conversationPath("漢".repeat(300), "7k2m9qd4xa", now).split("/").at(-1) ?? "";
    expect(Buffer.byteLength(name)).toBeLessThan(200);
  });
});
