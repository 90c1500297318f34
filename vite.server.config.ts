import { dirname, relative, resolve, sep } from "node:path";
import { defineConfig, type Plugin } from "vite";

const server = resolve(import.meta.dirname, "server");

/** One bundle: it listens in half the time and with less memory than the same code from node_modules. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [programsBesideTheBundle()],
  ssr: { noExternal: true, target: "node" },
  build: {
    ssr: true,
    target: "node24",
    outDir: "dist/server",
    emptyOutDir: true,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: { "command-line": "server/command-line/main.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});

/**
 * Code that starts a process or a worker names its program as `new URL("./child.ts", import.meta.url)`. In the bundle
 * each such program becomes a file of its own, and the URL points to it.
 */
function programsBesideTheBundle(): Plugin {
  const programUrl = /new URL\(\s*"(\.{1,2}\/[^"]+\.ts)"\s*,\s*import\.meta\.url\s*,?\s*\)/g;
  return {
    name: "programs-beside-the-bundle",
    transform(code, id) {
      if (!id.endsWith(".ts") || !code.includes("import.meta.url")) return;
      const replaced = code.replaceAll(programUrl, (_whole, path: string) => {
        const program = resolve(dirname(id), path);
        const fileName = `${relative(server, program).replaceAll(sep, "-").slice(0, -".ts".length)}.js`;
        this.emitFile({ type: "chunk", id: program, fileName });
        return `new URL("./${fileName}", import.meta.url)`;
      });
      return replaced === code ? undefined : { code: replaced, map: null };
    },
  };
}
