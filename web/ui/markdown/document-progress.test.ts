import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, type Block, outputsOf, type Progress } from "./document-progress.ts";

type Shown = readonly Block[];

function whole(text: string): Shown {
  return outputsOf(advance<Block>(undefined, text, { isStreaming: false }, (block) => block));
}

/** Blocks without their line numbers, which count from where parsing began and are not shown. */
function seen(shown: Shown): unknown {
  return JSON.parse(JSON.stringify(shown, (key, value: unknown) => (key === "map" ? undefined : value)));
}

interface Streamed {
  readonly shown: Shown;
  readonly rendered: readonly Block[];
}

/** Streams a text in pieces; checks on the way that a finished block stays the very same value. */
function stream(text: string, lengths: readonly number[]): Streamed {
  const rendered: Block[] = [];
  const render = (block: Block): Block => {
    rendered.push(block);
    return block;
  };
  let progress: Progress<Block> | undefined;
  let end = 0;
  for (let step = 0; end < text.length; step += 1) {
    end = Math.min(text.length, end + (lengths[step % lengths.length] ?? 1));
    const before: Shown = progress?.finished ?? [];
    progress = advance(progress, text.slice(0, end), { isStreaming: true }, render);
    for (const [index, block] of before.entries()) if (progress.finished[index] !== block) throw new Error("changed");
  }
  return { shown: outputsOf(advance(progress, text, { isStreaming: false }, render)), rendered };
}

const pieces = fc.constantFrom(
  ...[
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "  \n",
    " ",
    "    ",
    "\t",
    "a",
    "word ",
    "long text of some words. ",
    "1",
    "é",
    "م",
  ],
  ...[
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "- [ ] ",
    "- [x] ",
    "  - ",
    "    - ",
    "> ",
    ">",
    "> > ",
    "# ",
    "### ",
    "#",
    "---",
    "***",
  ],
  ...[
    "===",
    "-",
    "=",
    "```",
    "````",
    "~~~",
    "```ts\n",
    "\n```\n",
    "`",
    "``",
    "*",
    "**",
    "_",
    "__",
    "~~",
    "[",
    "]",
    "(",
    ")",
  ],
  ...[
    "[a]",
    "[a]: /x",
    "[a]: /x 'ti",
    "tle'",
    "[b]:",
    "[a][b]",
    "![i](https://e.example/i.png)",
    "[l](https://e.example)",
  ],
  ...[
    "| a | b |",
    "|---|---|",
    "\n|--|\n",
    "| 1 | 2 |\n",
    "a|b\n-|-\n",
    "|",
    ":-:",
    "$$",
    "$$\n",
    "$x$",
    "\\[",
    "\\]",
    "\\(",
    "\\)",
  ],
  ...[
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<https://e.example>",
    "https://e.example ",
    "&amp;",
    "\\",
    "!",
    "'",
    '"',
    "\0",
    "\u200b",
  ],
);
const documents = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
const chunkLengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe("advance", () => {
  it("shows, when the stream ends, exactly what the whole text shows", () => {
    fc.assert(
      fc.property(documents, chunkLengths, (text, lengths) => {
        expect(seen(stream(text, lengths).shown)).toEqual(seen(whole(text)));
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);

  it.each([
    ["a definition below its use", "see [a]\n\ntext\n\nmore\n\n[a]: https://e.example\n\nend\n"],
    ["a definition whose title comes lines later", "[a]: /x\n'title\nthat goes on\nfor long'\n\n[a]\n\nend\n"],
    ["two definitions of one label", "[a]: /first\n\n[a]\n\n[a]: /second\n\n[a]\n"],
    ["a table that interrupts a paragraph", "text\na | b\n--|--\n1 | 2\n\nend\n"],
    ["a fence that stays open", "text\n\n```ts\nconst a = 1;\n\n- not a list\n"],
    ["a fence closed by a longer fence", "````md\n```\n````\u0020\n`````\n\nend\n"],
    ["an indented fence", "  ```\n  a\n\tb\n  ```\nend\n"],
    ["Windows line ends", "# a\r\n\r\n- b\r\n- c\r\n\r\n```\r\nd\r\n```\r\ne\r\n"],
    ["a heading by underline", "text\nof two lines\n---\nmore\n===\n"],
    ["a list that turns loose at its end", "- a\n- b\n\n- c\n\nend\n\nend\n"],
  ])("ends equal for %s, whatever the pieces", (_name, text) => {
    for (const length of [1, 2, 3, 7, text.length])
      expect(seen(stream(text, [length]).shown)).toEqual(seen(whole(text)));
  });

  it("renders each finished block at most a few times, however many pieces come", () => {
    const text = Array.from({ length: 200 }, (_, index) => `Paragraph ${index} with *some* words.\n\n`).join("");
    const { rendered } = stream(text, [4]);
    const first = rendered.filter((block) => block.start === 0);
    expect(first.length).toBeLessThan(20);
    expect(rendered.length).toBeLessThan((text.length / 4) * 4);
  });

  it("adds lines to an open fence without making its finished pieces again", () => {
    const text = `\`\`\`ts\n${"const answer = 42;\n".repeat(5_000)}`;
    let progress: Progress<Block> | undefined;
    for (let end = 10; end < text.length; end += 400) {
      const before = progress?.tail[0];
      progress = advance(progress, text.slice(0, end), { isStreaming: true }, (block) => block);
      const after = progress.tail[0];
      expect(progress.fence).toBeDefined();
      if (before?.type !== "code" || after?.type !== "code") continue;
      for (const [index, chunk] of before.chunks.slice(0, -1).entries()) expect(after.chunks[index]).toBe(chunk);
    }
    const ended = advance(progress, text, { isStreaming: false }, (block) => block);
    expect(outputsOf(ended)).toEqual(whole(text));
  });

  it("parses a paragraph of many thousand characters only when it has grown by an eighth", () => {
    const text = "word *and* word ".repeat(3_000).slice(0, 40_000);
    const { rendered, shown } = stream(text, [10]);
    const formatted = rendered.filter((block) => block.type !== "plain" || block.reason !== "pending");
    expect(formatted.length).toBeLessThan(830);
    expect(seen(shown)).toEqual(seen(whole(text)));
    const characters = formatted.reduce((sum, block) => sum + ("source" in block ? block.source.length : 0), 0);
    expect(characters).toBeLessThan(40_000 * 100);
  });

  it("shows every character that came, also those that wait for the parser", () => {
    const text = `${"- item\n".repeat(2_000)}last words`;
    let progress: Progress<Block> | undefined;
    for (let end = 50; end <= text.length; end += 50) {
      progress = advance(progress, text.slice(0, end), { isStreaming: true }, (block) => block);
      const last = outputsOf(progress).at(-1);
      const shownTo = last !== undefined && "source" in last ? last.start + last.source.length : 0;
      expect(end - shownTo).toBeLessThan(10);
    }
  });

  it("shows the end of a very long message as plain text", () => {
    const text = "Some words of a line.\n\n".repeat(22_000);
    const shown = whole(text);
    const rest = shown.at(-1);
    expect(rest).toMatchObject({ type: "plain", reason: "message-too-long" });
    expect(shown.slice(0, -1).some((block) => block.type === "plain")).toBe(false);
    expect(seen(stream(text, [99_733]).shown)).toEqual(seen(shown));
  });

  it("starts anew when the text does not go on from the one before", () => {
    const first = advance<Block>(undefined, "# one\n\ntwo\n\nthree\n\n", { isStreaming: true }, (block) => block);
    const second = advance<Block>(first, "other", { isStreaming: true }, (block) => block);
    expect(outputsOf(second)).toEqual(whole("other"));
  });

  it("holds back a last line that may still become something else", () => {
    const show = (text: string) => outputsOf(advance<Block>(undefined, text, { isStreaming: true }, (block) => block));
    expect(show("text\n-")).toEqual(show("text\n"));
    expect(show("text\n| a |\n|--")).toEqual(show("text\n| a |\n"));
    expect(show("text\n``")).toEqual(show("text\n"));
    expect(show("text\n- a")).not.toEqual(show("text\n"));
  });
});
