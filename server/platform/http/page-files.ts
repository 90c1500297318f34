import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const types: ReadonlyMap<string, string> = new Map(
  Object.entries({
    html: "text/html; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    css: "text/css; charset=utf-8",
    svg: "image/svg+xml",
    woff2: "font/woff2",
    json: "application/json",
    webmanifest: "application/manifest+json",
    txt: "text/plain; charset=utf-8",
    png: "image/png",
  }),
);

export interface PageFiles {
  /** The file of the built page under this address, compressed as the browser takes it; undefined when there is none. */
  file(path: string, acceptedEncodings: string): Promise<Response | undefined>;
  /** The page itself, for every address that the page's own router knows. */
  page(acceptedEncodings: string): Promise<Response>;
}

/**
 * Serves the build. Only names found in the folder can be asked for, so that no address can leave it; a build that is
 * replaced while the program runs is looked at again, at most once a second.
 */
export async function openPageFiles(folder: string, monotonic: () => number): Promise<PageFiles> {
  let names = await namesIn(folder);
  let looked = monotonic();

  const isThere = async (name: string): Promise<boolean> => {
    if (names.has(name)) return true;
    if (monotonic() - looked < 1000) return false;
    looked = monotonic();
    names = await namesIn(folder);
    return names.has(name);
  };

  const serve = async (name: string, accepted: string): Promise<Response | undefined> => {
    if (!(await isThere(name))) return undefined;
    const encoding = encodingFor(name, accepted, names);
    const path = join(folder, encoding === undefined ? name : `${name}.${extensions[encoding]}`);
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined) return undefined;
    const isHashed = name.startsWith("/assets/");
    return new Response(bytes, {
      headers: {
        "content-type": types.get(name.split(".").at(-1) ?? "") ?? "application/octet-stream",
        "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
        ...(encoding === undefined ? {} : { "content-encoding": encoding }),
        vary: "accept-encoding",
      },
    });
  };

  return {
    file: (path, accepted) => serve(path, accepted),
    page: async (accepted) =>
      (await serve("/index.html", accepted)) ??
      new Response("The page is not built. Run: npm run build\n", {
        status: 503,
        headers: { "content-type": "text/plain; charset=utf-8" },
      }),
  };
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return new Set(files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/")));
}

const extensions = { br: "br", gzip: "gz" } as const;

function encodingFor(name: string, accepted: string, names: ReadonlySet<string>): "br" | "gzip" | undefined {
  if (/\bbr\b/.test(accepted) && names.has(`${name}.br`)) return "br";
  if (/\bgzip\b/.test(accepted) && names.has(`${name}.gz`)) return "gzip";
  return undefined;
}
