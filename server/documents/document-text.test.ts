import { expect, test } from "vitest";
import { bytesLike, readText } from "./document-text.ts";

const written = (text: string, before?: string) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    bytesLike(text, before === undefined ? undefined : new TextEncoder().encode(before)),
  );

test("a new file has no byte order mark, plain line ends, and one at its end", () => {
  expect(written("\ufeffa\r\nb")).toBe("a\nb\n");
  expect(written("")).toBe("");
});

test("line ends are those of the file, whatever the page sends", () => {
  expect(written("a\nb\n", "x\r\ny\r\n")).toBe("a\r\nb\r\n");
  expect(written("a\r\nb", "x\ny\n")).toBe("a\nb");
  expect(written("a\n", "\ufeffx\n")).toBe("\ufeffa\n");
});

test("in a file with both, each line keeps its own and new ones get the usual one", () => {
  const old = "one\r\ntwo\nthree\r\nfour\r\n";
  expect(written("one\ntwo\nthree\nfour\n", old)).toBe(old);
  expect(written("one\nnew\ntwo\nfour\n", old)).toBe("one\r\nnew\r\ntwo\nfour\r\n");
  expect(written("zero\ntwo", old)).toBe("zero\r\ntwo");
  expect(written("", old)).toBe("");
});

test("bytes that are no UTF-8 are told of", () => {
  expect(readText(Uint8Array.of(0x61, 0xff))).toEqual({ text: "a\ufffd", hasMark: false, isUtf8: false });
  expect(readText(new TextEncoder().encode("\ufeffa"))).toEqual({ text: "a", hasMark: true, isUtf8: true });
});
