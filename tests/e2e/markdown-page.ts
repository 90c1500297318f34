import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { launchBrowser } from "./browser.ts";

const root = fileURLToPath(new URL("./markdown-page/", import.meta.url));
/** The policy that every page of the app has. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export interface ServedMarkdown {
  readonly address: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Builds the test page, serves it on a port of its own under the app's policy, and starts a browser. */
export async function serveMarkdownPage(): Promise<ServedMarkdown> {
  const folder = await mkdtemp(join(tmpdir(), "folio-markdown-"));
  await build({
    root,
    configFile: false,
    logLevel: "error",
    // React as it is shipped, whatever the test runner says it is.
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    oxc: { jsx: { runtime: "automatic", development: false } },
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: true, minify: false, assetsInlineLimit: 0 },
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const path = new URL(request.url ?? "/", "http://page").pathname;
    response.setHeader("Content-Security-Policy", policy);
    if (path === "/pixel.png") return response.setHeader("Content-Type", "image/png").end(pixel);
    const file = join(folder, path === "/" ? "index.html" : path);
    const body = await readFile(file).catch(() => undefined);
    if (body === undefined) return response.writeHead(404).end();
    return response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream").end(body);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchBrowser();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    browser,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
