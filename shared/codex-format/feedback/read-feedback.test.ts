import fc from "fast-check";
import { expect, test } from "vitest";
import { appendFeedback } from "./append-feedback.ts";
import { currentFeedback } from "./current-feedback.ts";
import type { FeedbackEntry } from "./feedback-entry.ts";
import { newFeedbackKey } from "./new-feedback-key.ts";
import { readFeedback } from "./read-feedback.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const read = (text: string) => readFeedback(bytesOf(text));

const full: FeedbackEntry = {
  id: "fb-7k2m9qxw3c",
  at: "2025-07-01T09:14:03.120Z",
  target: { conversation: "c1", message: "m2" },
  rating: "down",
  reasons: ["wrong", "too-long", "our own word"],
  text: "It made up\na function.\u2028“x”",
  better: "Say that you do not know.",
  model: "local-7b",
  preset: "short",
};

test("what is appended is read back, one line each, keys in one order", () => {
  const once = appendFeedback(new Uint8Array(0), full);
  const { preset, ...rest } = full;
  const twice = appendFeedback(once, { preset: preset ?? "", ...rest, id: "fb-2" });
  const [first, second] = readFeedback(twice);
  expect(first).toMatchObject({
    kind: "entry",
    line: 1,
    entry: full,
    problems: [],
    span: { start: 0, end: once.length - 1 },
  });
  expect(second).toMatchObject({ kind: "entry", line: 2, entry: { ...full, id: "fb-2" }, problems: [] });
  expect(textOf(twice)).toBe(textOf(once) + textOf(once).replace(full.id, "fb-2"));
});

test("a document's version is a target too", () => {
  const target = { document: ".codex/PRD.md", revision: "a".repeat(64) };
  expect(readFeedback(appendFeedback(new Uint8Array(0), { ...full, target }))[0]).toMatchObject({ entry: { target } });
});

test("what is no entry stays in its place with its text and reason", () => {
  const line = JSON.stringify({ id: "fb-1", at: "2025-07-01T00:00:00Z", target: full.target, rating: "up" });
  const items = read(
    `\ufeff${line}\r\n\r\nnot json\n[1]\n"x"\nnull\n<<<<<<< ours\n${line}${line}\n${line.slice(0, 20)}`,
  );
  expect(items.map((item) => [item.line, item.kind, item.kind === "invalid" ? item.reason : ""])).toEqual([
    [1, "entry", ""],
    [3, "invalid", "The line is no JSON object."],
    [4, "invalid", "The line is no JSON object."],
    [5, "invalid", "The line is no JSON object."],
    [6, "invalid", "The line is no JSON object."],
    [7, "invalid", "The line is no JSON object."],
    [8, "invalid", "The line is not JSON."],
    [9, "invalid", "The line breaks off."],
  ]);
  expect(items[0]?.span).toEqual({ start: 3, end: 3 + line.length });
});

test("bytes that are no text are an invalid item", () => {
  const items = readFeedback(Uint8Array.of(0x7b, 0xff, 0x7d, 0x0a, 0x00, 0x0a));
  expect(items.map((item) => "reason" in item && item.reason)).toEqual([
    "The line is not UTF-8.",
    "The line is no JSON object.",
  ]);
});

test("missing and wrong fields are problems of an entry that is shown", () => {
  expect(
    read('{"rating":5,"reasons":"wrong","target":{"message":"m"},"at":"soon","text":1,"own":true}')[0],
  ).toMatchObject({
    entry: { reasons: ["wrong"], at: "soon" },
    problems: [
      '"text" is no text.',
      '"rating" is neither up nor down.',
      '"reasons" is no list of texts.',
      '"id" is missing.',
      '"target" names no message and no document.',
      '"at" is no time.',
    ],
  });
});

const ids = (lines: readonly Partial<FeedbackEntry>[]) =>
  currentFeedback(read(lines.map((line) => JSON.stringify(line)).join("\n"))).map(
    ({ entry, line }) => `${entry.id}:${line}`,
  );

test("what was replaced or taken back holds no more", () => {
  expect(ids([{ id: "a" }, { id: "b", supersedes: "a" }, { id: "c" }])).toEqual(["b:2", "c:3"]);
  expect(ids([{ id: "a" }, { id: "a", supersedes: "a", rating: "up" }])).toEqual(["a:2"]);
  expect(ids([{ id: "a" }, { id: "b" }, { id: "a", withdrawn: true }])).toEqual(["b:2"]);
  expect(ids([{ id: "b", supersedes: "a" }, { id: "a" }])).toEqual(["b:1"]);
  expect(ids([{ id: "a" }, { id: "b", supersedes: "a" }, { id: "b", withdrawn: true }])).toEqual([]);
  expect(ids([{ text: "no id" }])).toEqual(["undefined:1"]);
});

test("appending keeps what is there as a prefix, line ends and byte order mark included", () => {
  const after = (before: string) => textOf(appendFeedback(bytesOf(before), { id: "x", at: "y" })).slice(before.length);
  const line = '{"id":"x","at":"y"}';
  expect(after("")).toBe(`${line}\n`);
  expect(after("\ufeff")).toBe(`${line}\n`);
  expect(after("{}\n")).toBe(`${line}\n`);
  expect(after("{}\r\n")).toBe(`${line}\r\n`);
  expect(after("{}\r\n{")).toBe(`\r\n${line}\r\n`);
  expect(after("{}\n{}\r\n")).toBe(`${line}\n`);
  expect(after('{"id":')).toBe(`\n${line}\n`);
});

test("any bytes are read, nothing is dropped, and an append adds one entry behind all others", () => {
  const junk = fc.constantFrom("{", "}", "\n", "\r\n", '"', '{"id":"a"}', "\ufeff", "\0", "[", " ");
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(junk).map((all) => bytesOf(all.join(""))),
  );
  fc.assert(
    fc.property(bytes, (before) => {
      const items = readFeedback(before);
      currentFeedback(items);
      const shown = items.map(({ span }) => textOf(before.subarray(span.start, span.end))).join("");
      const bare = (text: string) => text.replace(/[ \t\r\n]/g, "");
      expect(bare(shown)).toBe(bare(textOf(before).replace(/^\ufeff/, "")));
      const next = appendFeedback(before, full);
      expect(next.subarray(0, before.length)).toEqual(Uint8Array.from(before));
      const again = readFeedback(next);
      expect(again).toHaveLength(items.length + 1);
      expect(again.at(-1)).toMatchObject({ kind: "entry", entry: full });
    }),
    { numRuns: 2000 },
  );
});

test("keys are base-32 of the given bytes", () => {
  expect(newFeedbackKey((count) => Uint8Array.from({ length: count }, (_, index) => index * 29))).toMatch(
    /^fb-[0-9a-hjkmnp-tv-z]{10}$/,
  );
  expect(newFeedbackKey((count) => new Uint8Array(count))).toBe("fb-0000000000");
});
