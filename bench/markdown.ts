/** How long one message of hostile Markdown takes to parse and to become elements, at n and at 2n characters. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { hostilePatterns } from "../tests/markdown/hostile-patterns.ts";

type Render = (text: string) => string;

const folder = await mkdtemp(join(tmpdir(), "folio-bench-markdown-"));
const entry = join(import.meta.dirname, "..", "tests", "markdown", "render-markdown.ts");
const output = { rollupOptions: { output: { entryFileNames: "render-markdown.mjs" } } };
await build({
  configFile: false,
  logLevel: "error",
  ssr: { noExternal: true },
  build: { ssr: entry, outDir: folder, emptyOutDir: true, ...output },
});
const module = (await import(join(folder, "render-markdown.mjs"))) as { renderMarkdown: Render };
await rm(folder, { recursive: true });

const length = Number(process.argv[2] ?? 50_000);
const best = (text: string): number => {
  const times = [0, 1, 2].map(() => {
    const start = performance.now();
    module.renderMarkdown(text);
    return performance.now() - start;
  });
  return Math.min(...times);
};

best("# warm up\n\n- *a* [b](https://c.example)\n\n```\nd\n```\n".repeat(200));
const rows = hostilePatterns.map(({ name, make }) => {
  const once = best(make(length));
  const twice = best(make(length * 2));
  return { name, once, twice, ratio: twice / Math.max(once, 1) };
});
rows.sort((left, right) => right.once - left.once);
for (const { name, once, twice, ratio } of rows) {
  console.log(
    `${once.toFixed(1).padStart(8)} ms ${twice.toFixed(1).padStart(8)} ms ${ratio.toFixed(1).padStart(5)}×  ${name}`,
  );
}
console.log(`${rows.length} patterns of ${length} characters; slowest ${rows[0]?.once.toFixed(0)} ms, target 1,000 ms`);
