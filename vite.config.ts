import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** KaTeX names three forms of each font; every browser that the page supports takes the first, woff2. */
const onlyWoff2: Plugin = {
  name: "katex-fonts-as-woff2",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("katex") && id.split("?")[0]?.endsWith(".css")
      ? code.replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\("(woff|truetype)"\)/g, "")
      : undefined,
};

/** What the first script needs itself: it must not wait for the page's file. */
const firstModules =
  /\/web\/(main|platform\/(api-base|early-answers|outline|stored|theme))\.ts$|preload-helper|rolldown\/runtime/;

/**
 * The first script (web/main.ts) is small and shows the outline; it asks for the page proper, which the browser then has
 * on its way already: one journey instead of two. Nothing is painted before the first script has chosen the theme.
 */
const pageFromTheStart: Plugin = {
  name: "page-from-the-start",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const page = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith("/web/page.tsx")));
      if (!page) return html;
      const scripts = new Set([page.fileName]);
      for (const name of scripts)
        for (const { fileName, imports } of chunks)
          if (fileName === name) for (const each of imports) scripts.add(each);
      const styles = chunks
        .filter(({ fileName }) => scripts.has(fileName))
        .flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
      const isNew = (file: string): boolean => !html.includes(`/${file}"`);
      const tags = [
        ...[...scripts].filter(isNew).map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
        ...[...new Set(styles)].filter(isNew).map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
      ];
      return html
        .replace('<script type="module"', '<script type="module" blocking="render"')
        .replace("  </head>", `${tags.map((tag) => `    ${tag}\n`).join("")}  </head>`);
    },
  },
};

/** The browser's side. Nothing is inlined: the page's policy allows no inline script, style or data URL font. */
export default defineConfig({
  root: fileURLToPath(new URL("./web", import.meta.url)),
  base: "/",
  publicDir: false,
  plugins: [onlyWoff2, pageFromTheStart, react()],
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("./dist/web", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome125", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "main", test: firstModules, priority: 2 },
            { name: "page", test: /\/web\/page\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
});
