import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isBuilt, saveStamp, takeStamp } from "./build-stamp.mjs";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "folio-stamp-"));
  for (const path of ["server/main.ts", "server/chat/routes.ts", "shared/chat.ts", "web/main.ts", "package.json"])
    write(path);
  for (const path of ["dist/server/command-line.js", "dist/web/index.html"]) write(path);
  saveStamp(join(root, "dist"), takeStamp(root));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("is built right after a build, and still so when asked again", () => {
  expect(isBuilt(root)).toBe(true);
  expect(isBuilt(root)).toBe(true);
});

test("is built when only times differ, as in a fresh copy", () => {
  utimesSync(join(root, "web/main.ts"), 1, 1);
  expect(isBuilt(root)).toBe(true);
  const copy = mkdtempSync(join(tmpdir(), "folio-stamp-"));
  cpSync(root, copy, { recursive: true });
  expect(isBuilt(copy)).toBe(true);
  rmSync(copy, { recursive: true, force: true });
});

test.each([
  { what: "a source changed", change: () => write("server/chat/routes.ts", "other") },
  { what: "a source became another one of the same length", change: () => write("shared/chat.ts", "shared/chat.tz") },
  { what: "a source came", change: () => write("web/ui/button.tsx") },
  { what: "a source went", change: () => rmSync(join(root, "shared/chat.ts")) },
  { what: "the settings of a build came", change: () => write("vite.config.ts") },
  { what: "the page is gone", change: () => rmSync(join(root, "dist/web"), { recursive: true }) },
  { what: "the stamp is gone", change: () => rmSync(join(root, "dist/stamp.json")) },
  { what: "the stamp is broken", change: () => write("dist/stamp.json", "{") },
])("is not built when $what", ({ change }) => {
  change();
  expect(isBuilt(root)).toBe(false);
});

test("tests and what editors leave behind need no build", () => {
  write("server/chat/routes.test.ts");
  write("server/chat/.routes.ts.swp");
  write("server/chat/routes.ts~");
  expect(isBuilt(root)).toBe(true);
});

test("what changes while a build runs makes it stale", () => {
  const stamp = takeStamp(root);
  write("server/main.ts", "changed meanwhile");
  saveStamp(join(root, "dist"), stamp);
  expect(isBuilt(root)).toBe(false);
});

function write(path: string, text = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
