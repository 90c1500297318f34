/**
 * How long Markdown takes in a real Chromium, from text to laid-out page: hostile messages at n and at 2n characters,
 * and an answer of some 2,000 tokens with every token shown. Run it with `node bench/markdown.ts [n] [pattern]`.
 */

import { serveMarkdownPage } from "../tests/e2e/markdown-page.ts";
import { hostilePatterns } from "../tests/markdown/hostile-patterns.ts";

const length = Number(process.argv[2] ?? 50_000);
const wanted = process.argv[3] ?? "";
const served = await serveMarkdownPage();
const page = await served.browser.newPage();
await page.goto(served.address);

async function shown(text: string): Promise<number> {
  return page.evaluate<number>(`markdownPage.timeWhole(${JSON.stringify(text)})`);
}

const section = `## A part with *emphasis*

A paragraph of some words, a [link](https://a.example/b), \`code\` and $x^2$; it goes on for a while, as answers do, and
ends at last with **strong words**.

- one item of a list
- another item with \`code\`

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
const answer = (question: string) => question.length + 42; // a line of code
export { answer };
\`\`\`

`;
const answer = section.repeat(Math.ceil(8_000 / section.length));

await shown(answer);
const times = (await page.evaluate<number[]>(`markdownPage.timeStream(${JSON.stringify(answer)}, 4)`)).toSorted(
  (left, right) => left - right,
);
const total = times.reduce((sum, time) => sum + time, 0);
const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(1);
console.log(
  `${times.length} tokens shown one by one: ${total.toFixed(0)} ms in all, p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} ms`,
);

const rows: { name: string; once: number; twice: number }[] = [];
for (const { name, make } of hostilePatterns.filter((pattern) => pattern.name.includes(wanted))) {
  rows.push({ name, once: await shown(make(length)), twice: await shown(make(length * 2)) });
}
rows.sort((left, right) => right.once - left.once);
for (const { name, once, twice } of rows) {
  const ratio = (twice / Math.max(once, 1)).toFixed(1);
  console.log(`${once.toFixed(0).padStart(6)} ms ${twice.toFixed(0).padStart(6)} ms ${ratio.padStart(5)}×  ${name}`);
}
console.log(`${rows.length} patterns of ${length} characters; slowest ${rows[0]?.once.toFixed(0)} ms, target 1,000 ms`);
await served.close();
