import fc from "fast-check";
import { expect, test } from "vitest";
import { scanLines } from "../../chat-format/scanned-lines.ts";
import { firstSentence } from "./first-sentence.ts";
import { maskCode } from "./mask-code.ts";
import { readOutline } from "./outline.ts";

const titles = (text: string) => readOutline(text).map(({ level, text: title }) => `${level} ${title}`);

test("headings come with level, text, line and offset", () => {
  const text = "\ufeff# One ##\r\n\r\ntext\r\n\r\n## Two\r\n";
  expect(readOutline(text)).toEqual([
    { level: 1, text: "One", line: 1, offset: 1, end: 11 },
    { level: 2, text: "Two", line: 5, offset: text.indexOf("## Two"), end: text.length },
  ]);
});

test("an underlined paragraph is a heading from its first line on", () => {
  expect(readOutline("a\n\nTwo\nlines\n===\n\nx\n---\n")).toEqual([
    { level: 1, text: "Two lines", line: 3, offset: 3, end: 17 },
    { level: 2, text: "x", line: 7, offset: 18, end: 24 },
  ]);
});

test.each([
  ["a fence", "```md\n# no\n```\n# yes"],
  ["a fence of tildes that holds a fence of back-ticks", "~~~\n```\n# no\n~~~\n# yes"],
  ["a longer fence", "````\n```\n# no\n```\n# no\n````\n# yes"],
  ["a fence in a list item", "- ```\n  # no\n  ```\n\n# yes"],
  ["indented code", "    # no\n\n# yes"],
  ["a quote", "> # no\n\n# yes"],
  ["a list item", "- # no\n\n# yes"],
  ["a comment", "<!--\n# no\n-->\n# yes"],
  ["a word with marks", "#no\n\n# yes"],
])("headings in %s do not count", (_, text) => {
  expect(titles(text)).toEqual(["1 yes"]);
});

test("closing marks count only behind a blank", () => {
  expect(titles("# C#\n## a # b ##\n### #\n")).toEqual(["1 C#", "2 a # b", "3 "]);
});

test("lines cover the text, whatever it is, and headings lie inside", () => {
  const lineEnds = fc.constantFrom("\n", "\r\n", "\r", "# a", "```", "> ", "- ", "\ufeff", "é🧱", "===", "    ");
  fc.assert(
    fc.property(fc.array(fc.oneof(lineEnds, fc.string())), (pieces) => {
      const text = pieces.join("");
      const lines = scanLines(text);
      let end = text.startsWith("\ufeff") ? 1 : 0;
      for (const line of lines) {
        expect(line.start).toBe(end);
        expect(text.startsWith(line.text, line.start)).toBe(true);
        end = line.end;
      }
      expect(end).toBe(text.length);
      for (const heading of readOutline(text)) expect(heading.offset).toBeLessThan(heading.end);
      const masked = maskCode(text, lines);
      expect(masked).toHaveLength(text.length);
      firstSentence(text);
    }),
    { numRuns: 1000 },
  );
});

test("code is masked, and nothing else", () => {
  const text = "a `b` ``c ` d`` \\`e\\` `f\n```\ng\n```\n    h\n\ni";
  expect(maskCode(text, scanLines(text))).toBe("a               \\`e\\` `f\n   \n \n   \n     \n\ni");
});

test.each([
  ["# Title\n\nFirst sentence. Second one.", "First sentence."],
  ["```\ncode\n```\n\n- [ ] **Do** `this`, e.g. now! Then that", "Do this, e.g. now!"],
  ["two\nlines\n\nmore", "two lines"],
  ["A [link](https://x.example/a.b) here. B", "A link here."],
  ["# Only a title", ""],
  ["最初の文。次の文。", "最初の文。"],
])("the first sentence of %j", (text, sentence) => {
  expect(firstSentence(text)).toBe(sentence);
});

test("a long sentence is cut between characters", () => {
  expect(firstSentence("🧱".repeat(20), 10)).toBe("🧱🧱🧱🧱…");
});
