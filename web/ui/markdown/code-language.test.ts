import { describe, expect, it } from "vitest";
import { codeLabelOf, grammarOf, languages } from "./code-language.ts";
import { grammars } from "./grammars.ts";
import { type CodeSpan, highlightChunks } from "./highlight.ts";

describe("codeLabelOf", () => {
  it("reads language and file name in the forms that models write", () => {
    for (const info of ["ts quantile.ts", 'ts title="quantile.ts"', "ts:quantile.ts", "TS filename=quantile.ts"]) {
      expect(codeLabelOf(info)).toEqual({
        name: "TypeScript",
        grammar: "typescript",
        fileName: "quantile.ts",
        downloadName: "quantile.ts",
      });
    }
  });

  it("shows an unknown language as written and saves it as text", () => {
    expect(codeLabelOf("brainfuck")).toMatchObject({ name: "brainfuck", grammar: undefined, downloadName: "code.txt" });
    expect(codeLabelOf("")).toMatchObject({ name: "", fileName: undefined });
    expect(codeLabelOf("{.python .numberLines}").name).toBe("");
    for (const word of ["__proto__", "constructor", "toString"]) expect(grammarOf(word)).toBeUndefined();
  });

  it("makes a file name for the download that is only a file name", () => {
    expect(codeLabelOf("sh ../../.bashrc.sh").downloadName).toBe("bashrc.sh");
    expect(codeLabelOf('ts title="a/b\\c\u202ets.exe"').downloadName).toBe("c_ts.exe");
    expect(codeLabelOf('ts title="..."').downloadName).toBe("code.ts");
  });
});

describe("highlightChunks", () => {
  it("has a grammar that loads for every language it names", async () => {
    for (const load of Object.values(grammars)) expect((await load()).default.length).toBeGreaterThan(0);
    expect(Object.keys(grammars)).toEqual(Object.keys(languages));
  }, 30_000);

  it("gives roles, goes on from chunk to chunk, and loses no character", async () => {
    const chunks = ['const a = "b"; /* open\n', "still a comment */ return 42;\n"];
    const spans: (readonly CodeSpan[])[] = [];
    for await (const chunk of highlightChunks(chunks, "typescript")) spans.push(chunk);
    expect(spans.map((chunk) => chunk.map(({ text }) => text).join(""))).toEqual(chunks);
    const roleOf = (text: string) => spans.flat().find((span) => span.text.includes(text))?.role;
    expect(roleOf("const")).toBe("key");
    expect(roleOf('"b"')).toBe("string");
    expect(roleOf("still")).toBe("comment");
    expect(roleOf("42")).toBe("number");
    expect(roleOf("=")).toBeUndefined();
  }, 30_000);
});
