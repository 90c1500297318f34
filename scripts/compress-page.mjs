// Compresses the built page once, so that no request waits for it: `x.js.br` and `x.js.gz` beside `x.js`.
// @ts-check
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const compressible = /\.(html|js|css|svg|json|webmanifest|txt)$/;
/** Below this a compressed file saves nothing: it is one packet anyway. */
const leastBytes = 1000;

/** @param {string} folder the built page, with index.html */
export async function compressPage(folder) {
  const page = await readFile(join(folder, "index.html"), "utf8");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
  await Promise.all(files.map((entry) => compressFile(join(entry.parentPath, entry.name), page)));
}

/**
 * The last few per cent take ten times as long: only what the first page loads is worth them.
 * @param {string} path
 * @param {string} page
 */
async function compressFile(path, page) {
  const bytes = await readFile(path);
  if (bytes.length < leastBytes) return;
  const quality = page.includes(basename(path)) ? constants.BROTLI_MAX_QUALITY : 9;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
