import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { compressPage } from "./compress-page.mjs";

let folder = "";
const long = "const answer = 42; // again and again\n".repeat(500);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "folio-page-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), '<script src="/assets/entry-a1.js"></script>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("puts both encodings of the same bytes beside each text file", async () => {
  for (const name of ["entry-a1.js", "late-b2.js", "style.css"]) writeFileSync(join(folder, "assets", name), long);
  await compressPage(folder);
  for (const name of ["entry-a1.js", "late-b2.js", "style.css"]) {
    const path = join(folder, "assets", name);
    expect(brotliDecompressSync(readFileSync(`${path}.br`)).toString()).toBe(long);
    expect(gunzipSync(readFileSync(`${path}.gz`)).toString()).toBe(long);
    expect(statSync(`${path}.br`).size).toBeLessThan(long.length / 10);
  }
});

test("leaves small files and compressed formats alone", async () => {
  writeFileSync(join(folder, "assets", "font.woff2"), long);
  await compressPage(folder);
  expect(existsSync(join(folder, "index.html.br"))).toBe(false);
  expect(existsSync(join(folder, "assets", "font.woff2.gz"))).toBe(false);
});
