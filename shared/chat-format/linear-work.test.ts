import { expect, test } from "vitest";
import { openBlockAtEnd } from "./block-scanner.ts";
import { isDisputed } from "./disputed-body.ts";
import { escapeBody, unescapeBody } from "./escape.ts";
import { parseConversation } from "./parse-conversation.ts";
import { unwrapText, wrapText } from "./wrap.ts";

const SIZE = 60_000;
const encode = (text: string) => new TextEncoder().encode(text);
const times = (text: string, size: number) => text.repeat(Math.ceil(size / text.length));

/** Texts of about `size` characters that make careless code look at them again and again. */
const texts: Readonly<Record<string, (size: number) => string>> = {
  "nested list markers": (size) => `${times("- ", size)}a`,
  "nested items and blank lines": (size) => times("- ", size / 2) + times("\n", size / 2),
  "nested quotes": (size) => times("> ", size),
  "lazy lines": (size) => `> a\n${times("b\n", size)}`,
  "a tag that does not end": (size) => `<a${times(" b", size)}!`,
  "a tag of blanks": (size) => `<a b${times(" ", size)}!`,
  "link definitions": (size) => `${times("[a]: /u 'x\n", size)}===`,
  brackets: (size) => `${times("[", size)}\n===`,
  "a long fence": (size) => `${times("`", size)}\n${times("`", size)}x`,
  "almost a heading underline": (size) => `a\n${times("=", size)}x`,
  "back-slashes": (size) => times("\\", size),
  "comments in one heading": (size) => `### ${times("<!-- message ", size)}`,
  "almost markers": (size) => times("### a <!-- message x -->\n", size),
  "a marker with many attributes": (size) => `### a <!-- message${times(" a=b", size)} -->`,
  "a marker with a long value": (size) => `### a <!-- message a="${times("x\\\\", size)}" -->`,
  "many messages of one id": (size) => times("### a <!-- message id=a parent=a -->\n", size),
  "bad bytes": (size) => times("### \ufffd <!-- message -->\n", size),
  guards: (size) => `### a <!-- message -->\n\nx\n${times("```\n<!-- guard -->\n", size)}`,
  "conflict marks": (size) => `### a <!-- message id=a -->\n${times("<<<<<<< a\n=======\n", size)}`,
};

function doAll(text: string): void {
  openBlockAtEnd(text);
  isDisputed(text);
  const bytes = encode(text);
  unescapeBody(escapeBody(bytes));
  unwrapText(wrapText(text, "details", { summary: "", info: "" }), "details");
  const { messages, problems } = parseConversation(bytes);
  for (const message of messages) void message.text;
  void problems;
}

/** The least processor time of three runs, in milliseconds: what others do on the machine does not count. */
function cost(text: string): number {
  const runs = [0, 1, 2].map(() => {
    const start = process.cpuUsage();
    doAll(text);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

test.each(Object.entries(texts))("eight times as much of it costs far less than the square: %s", (_name, make) => {
  doAll(make(SIZE / 4));
  const [small, large] = [cost(make(SIZE)), cost(make(SIZE * 8))];
  // Linear is about 8, quadratic 64; a few milliseconds are noise.
  expect(large).toBeLessThan(Math.max(small, 8) * 30);
});

test("values of many megabytes do not overflow a stack", () => {
  const value = "x".repeat(20_000_000);
  const lines = [
    `### a <!-- message id=a x=${value} -->`,
    `### a <!-- message id=b x="${value}" -->`,
    `### a <!-- message x=${value}`,
  ];
  const conversation = parseConversation(encode(lines.join("\n")));
  expect(conversation.messages.map(({ attributes }) => attributes["x"]?.length)).toEqual([value.length, value.length]);
  for (const text of ["=", "`", "~", "a", "<a "])
    expect(() => openBlockAtEnd(`a\n${text.repeat(10_000_000)}x`)).not.toThrow();
});
