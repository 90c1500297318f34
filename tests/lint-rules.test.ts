/** The linter's "one of each" rules are walls: each is seen here to stop what it is there to stop. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

interface Plant {
  readonly path: string;
  readonly code: string;
  /** The rule that catches it; absent where the same code is allowed. */
  readonly caughtBy?: string;
}

const writesFile = 'import { writeFile } from "node:fs/promises";\nexport const save = writeFile;\n';
const readsFile = 'import { readFile } from "node:fs/promises";\nexport const load = readFile;\n';
const startsProcess = 'import { spawn } from "node:child_process";\nexport const start = spawn;\n';
const opensConnection = 'import { request } from "node:https";\nexport const ask = request;\n';
const fetches = 'export const load = () => fetch("https://example.org");\n';
const comesLate = 'import { lazy } from "react";\nexport const late = lazy;\n';
const prints = 'export const say = () => console.log("x");\n';

const plants: readonly Plant[] = [
  { path: "server/chat/write.ts", code: writesFile, caughtBy: "no-restricted-imports" },
  { path: "server/platform/write.ts", code: writesFile, caughtBy: "no-restricted-imports" },
  {
    path: "server/platform/write-all.ts",
    code: 'import * as files from "node:fs";\nexport const save = files.writeFileSync;\n',
    caughtBy: "no-restricted-imports",
  },
  {
    path: "server/platform/write-default.ts",
    code: 'import files from "node:fs";\nexport const save = files.writeFileSync;\n',
    caughtBy: "no-restricted-imports",
  },
  { path: "server/platform/store/write.ts", code: writesFile },
  { path: "server/platform/read.ts", code: readsFile },
  { path: "server/chat/start.ts", code: startsProcess, caughtBy: "no-restricted-imports" },
  { path: "server/platform/start.ts", code: startsProcess, caughtBy: "no-restricted-imports" },
  { path: "server/platform/spawn.ts", code: startsProcess },
  { path: "server/platform/ask.ts", code: opensConnection, caughtBy: "no-restricted-imports" },
  { path: "server/platform/egress.ts", code: opensConnection },
  { path: "server/platform/fetch.ts", code: fetches, caughtBy: "no-restricted-globals" },
  { path: "web/chat/fetch.ts", code: fetches, caughtBy: "no-restricted-globals" },
  { path: "web/platform/api.ts", code: fetches },
  { path: "web/pages/late.tsx", code: comesLate, caughtBy: "no-restricted-imports" },
  { path: "web/ui/lazy-part.tsx", code: comesLate },
  {
    path: "web/chat/window-fetch.ts",
    code: 'export const load = () => window.fetch("/x");\n',
    caughtBy: "no-restricted-properties",
  },
  {
    path: "web/ui/html.ts",
    code: "export const show = (place: Element, text: string) => {\n  place.innerHTML = text;\n};\n",
    caughtBy: "no-restricted-properties",
  },
  {
    path: "web/ui/danger.tsx",
    code: "export const Raw = ({ text }: { text: string }) => <p dangerouslySetInnerHTML={{ __html: text }} />;\n",
    caughtBy: "no-danger",
  },
  { path: "web/ui/run.ts", code: "export const run = (text: string) => eval(text);\n", caughtBy: "no-eval" },
  { path: "server/chat/print.ts", code: prints, caughtBy: "no-console" },
  { path: "web/chat/print.ts", code: prints, caughtBy: "no-console" },
  { path: "server/command-line/print.ts", code: prints },
  { path: "server/platform/logger.ts", code: prints },
  {
    path: "server/chat/floating.ts",
    code: "const work = async () => 1;\nexport const start = () => {\n  work();\n};\n",
    caughtBy: "no-floating-promises",
  },
  {
    path: "server/chat/misused.ts",
    code: "const work = async () => true;\nexport const answer = () => {\n  if (work()) return 1;\n  return 2;\n};\n",
    caughtBy: "no-misused-promises",
  },
  {
    path: "server/chat/unfinished-switch.ts",
    code: 'export const size = (kind: "a" | "b") => {\n  switch (kind) {\n    case "a":\n      return 1;\n  }\n};\n',
    caughtBy: "switch-exhaustiveness-check",
  },
  { path: "server/chat/any.ts", code: "export const loose: any = 1;\n", caughtBy: "no-explicit-any" },
  { path: "server/chat/default.ts", code: "export default 1;\n", caughtBy: "no-default-export" },
];

const project = join(import.meta.dirname, "..");
let folder = "";
let found: readonly { readonly path: string; readonly rule: string }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "folio-lint-"));
  for (const file of [".oxlintrc.json", "tsconfig.base.json", "tsconfig.json", "web/tsconfig.json"]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(project, file), join(folder, file));
  }
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  for (const { path, code } of plants) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  found = lint(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(plants.filter(({ caughtBy }) => caughtBy))("$caughtBy stops $path", ({ path, caughtBy }) => {
  expect(found.filter((diagnostic) => diagnostic.path === path).map(({ rule }) => rule)).toContain(caughtBy);
});

test.each(plants.filter(({ caughtBy }) => !caughtBy))("$path may do it", ({ path }) => {
  expect(found.filter((diagnostic) => diagnostic.path === path)).toEqual([]);
});

function lint(root: string): { path: string; rule: string }[] {
  const oxlint = join(project, "node_modules", "oxlint", "bin", "oxlint");
  const args = [oxlint, "--type-aware", "--format", "json", "server", "web"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };
  return diagnostics.map(({ filename, code }) => ({ path: filename, rule: /\((.+)\)/.exec(code)?.[1] ?? code }));
}
