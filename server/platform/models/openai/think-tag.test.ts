import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPartBatch } from "./part-batch.ts";
import { createThinkTagReader } from "./think-tag.ts";

interface Read {
  readonly reasoning: string;
  readonly text: string;
}

function read(pieces: readonly string[]): Read {
  const batch = createPartBatch();
  const reader = createThinkTagReader(batch);
  for (const piece of pieces) reader.read(piece);
  reader.end();
  const parts = batch.take();
  const joined = (type: "text" | "reasoning"): string =>
    parts.map((part) => (part.type === type ? part.text : "")).join("");
  return { reasoning: joined("reasoning"), text: joined("text") };
}

describe("think tags", () => {
  it.each([
    ["no tag", "Hello <b>", { reasoning: "", text: "Hello <b>" }],
    ["a tag at the start", "<think>a</think>b", { reasoning: "a", text: "b" }],
    ["empty lines around it", "\n <think>\na\n</think>\n\nb", { reasoning: "\na\n", text: "b" }],
    ["a tag further on", "b <think>a</think>", { reasoning: "", text: "b <think>a</think>" }],
    ["a second tag", "<think>a</think>b<think>c</think>", { reasoning: "a", text: "b<think>c</think>" }],
    ["no end", "<think>a </thin", { reasoning: "a </thin", text: "" }],
    ["half a beginning", " <thi", { reasoning: "", text: " <thi" }],
    ["something like a tag", "<thinking>a", { reasoning: "", text: "<thinking>a" }],
    ["nothing", "", { reasoning: "", text: "" }],
  ])("are read as they are meant: %s", (_name, answer, expected) => {
    expect(read([answer])).toEqual(expected);
  });

  it("are read the same however the answer is cut into pieces", () => {
    const word = fc.constantFrom("<think>", "</think>", "<thi", "nk>", "</", "think>", "<", "\n", " ", "a", "é🌅");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.array(fc.nat(8), { maxLength: 40 }), (words, sizes) => {
        const answer = words.join("");
        expect(read(cutInto(answer, sizes))).toEqual(read([answer]));
      }),
      { numRuns: 2_000 },
    );
  });
});

function cutInto(text: string, sizes: readonly number[]): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return [...pieces, text.slice(at)];
}
