import { describe, expect, it } from "vitest";
import { advance, type Block, outputsOf, type Progress } from "./document-progress.ts";

describe("advance", () => {
  it("x", () => {
    let p: Progress<Block> | undefined;
    const text = "# Hi\n\nhello *you*\n- a\n- b\n\n```ts\nconst a = 1;\n```\n\n[a]: /x\n\nmore [a]\n";
    for (let i = 1; i <= text.length; i++) p = advance(p, text.slice(0, i), { isStreaming: true }, (b) => b);
    p = advance(p, text, { isStreaming: false }, (b) => b);
    const q = advance<Block>(undefined, text, { isStreaming: false }, (b) => b);
    expect(outputsOf(p)).toEqual(outputsOf(q));
    console.log(JSON.stringify(outputsOf(q).map((b) => [b.type, b.start])));
  });
});
