import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Section } from "../bench-context.ts";
import { projectFolder } from "../bench-processes.ts";
import { atMost, type Figure, told } from "../figure.ts";

/** The scripts that the page loads before it can be used: its own and all that they import statically. */
function scriptsOf(html: string, web: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    const imports = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*["'](\.[^"']+\.js)["']/g);
    for (const [, path = ""] of imports) visit(join(dirname(file), path));
  };
  for (const [, path = ""] of html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)) visit(join(web, path));
  return found;
}

const compressedKb = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length / 1000, 0);

export const firstPage: Section = {
  name: "first-page",
  title: "What the first page weighs (brotli)",
  async measure({ say }): Promise<readonly Figure[]> {
    const web = join(projectFolder, "dist/web");
    const index = join(web, "index.html");
    if (!existsSync(index)) {
      say("no dist/web: run `npm run build` first");
      return [];
    }
    const html = readFileSync(index, "utf8");
    const scripts = scriptsOf(html, web);
    const styles = [...html.matchAll(/href="\/?([^"]+\.css)"/g)].map(([, path = ""]) => join(web, path));
    const all = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
    return [
      atMost("P-7", `JavaScript for a ready composer (${scripts.size} files)`, compressedKb(scripts), 150, "kB"),
      told("", "styles", compressedKb(styles.filter(existsSync)), "kB"),
      told(
        "",
        `all JavaScript, with what is loaded later (${all.length} files)`,
        compressedKb(all.map((file) => join(web, file))),
        "kB",
      ),
    ];
  },
};
