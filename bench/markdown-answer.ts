/** An answer as models write them, cut into tokens of about four characters, for the page's figures. */
const SECTION = `## Reading a file in small pieces

A stream hands over **one piece at a time**, so the memory stays flat however long the file is. The price is that a
piece may end *anywhere*: in the middle of a line, of a word, even of one character of UTF-8.

1. Open the file and ask for pieces of 64 kB.
2. Decode with \`{ stream: true }\`, so that half a character waits for its other half.
3. Keep the last, unfinished line for the next round.

\`\`\`ts
const decoder = new TextDecoder();
let rest = "";
for await (const piece of stream) {
  const lines = (rest + decoder.decode(piece, { stream: true })).split("\\n");
  rest = lines.pop() ?? "";
  for (const line of lines) console.log(line.length);
}
\`\`\`

| size | whole | in pieces |
|---|---:|---:|
| 1 MB | 4 ms | 5 ms |
| 100 MB | 310 ms | 290 ms |
| 4 GB | out of memory | 11 s |

> Measure before choosing: for small files the simple way is the right one.

- a [link](https://example.com/streams) to read more,
- a nested point
  - with a second level,
- and a last one.

`;

/** One section's tokens: a word with the space before it, long words cut in two. */
export const markdownTokens: readonly string[] = SECTION.match(/\s+|[^\s]{1,4}[ ]?/g) ?? [];
