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

/** The browser's side. Nothing is inlined: the page's policy allows no inline script, style or data URL font. */
export default defineConfig({
  root: fileURLToPath(new URL("./web", import.meta.url)),
  base: "/",
  publicDir: false,
  plugins: [onlyWoff2, react()],
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("./dist/web", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome125", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
