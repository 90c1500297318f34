/**
 * The sentence: `web` and `server` know `shared` and never each other; inside a side the entry knows the features,
 * features know the platform and never one another, and `shared` knows nothing but Zod.
 */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exceptions } from "./architecture/exceptions.ts";
import { type Module, readModule, readModules } from "./architecture/module-graph.ts";
import { findViolations, isTest, type RuleName, rules, type Violation } from "./architecture/rules.ts";

const modules = readModules(join(import.meta.dirname, ".."));
const violations = findViolations(modules);

test.each(["server/", "shared/", "web/", "tests/", "bench/", "scripts/"])("sees the modules of %s", (folder) => {
  const seen = modules.filter(({ path }) => path.startsWith(folder));
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.some(({ imports }) => imports.length > 0)).toBe(true);
});

test.each(Object.keys(rules) as RuleName[])("%s", (rule) => {
  const broken = violations.filter((violation) => violation.rule === rule && !isExcepted(violation));
  expect(broken.map(({ path, what }) => `${path}: ${what}`)).toEqual([]);
});

test("every exception is still needed", () => {
  const unneeded = exceptions.filter((exception) => !violations.some((violation) => isAbout(exception, violation)));
  expect(unneeded).toEqual([]);
});

test("half of the source files have fewer than 80 lines", () => {
  const sizes = modules.filter(({ path }) => !isTest(path)).map(({ lines }) => lines);
  const median = sizes.toSorted((one, other) => one - other)[sizes.length >> 1];
  expect(median).toBeLessThan(80);
});

describe("each rule catches what it is there for", () => {
  const long = (count: number): string => "// x\n".repeat(count);
  const plants: readonly { rule: RuleName; path: string; source: string }[] = [
    { rule: "shared knows only Zod", path: "shared/planted.ts", source: 'import { join } from "node:path";' },
    { rule: "shared knows only Zod", path: "shared/planted.ts", source: 'import type { Hono } from "hono";' },
    { rule: "the sides never meet", path: "web/chat/planted.ts", source: 'import { a } from "../../server/app.ts";' },
    {
      rule: "the sides never meet",
      path: "web/chat/planted.ts",
      source: 'import type { A } from "../../server/chat/a.ts";',
    },
    {
      rule: "the sides never meet",
      path: "server/chat/planted.ts",
      source: 'export { a } from "../../web/chat/a.ts";',
    },
    { rule: "the sides never meet", path: "server/chat/planted.ts", source: 'await import("../../web/ui/a.ts");' },
    {
      rule: "a layer knows what is below it",
      path: "server/platform/planted.ts",
      source: 'import type { A } from "../chat/a.ts";',
    },
    {
      rule: "a layer knows what is below it",
      path: "server/chat/planted.ts",
      source: 'import { a } from "../config.ts";',
    },
    {
      rule: "a layer knows what is below it",
      path: "web/chat/planted.ts",
      source: 'import { a } from "../pages/a.tsx";',
    },
    {
      rule: "features are strangers",
      path: "server/chat/planted.ts",
      source: 'import { a } from "../providers/a.ts";',
    },
    {
      rule: "features are strangers",
      path: "web/chat/deep/planted.ts",
      source: 'type A = import("../../providers/a.ts").A;',
    },
    { rule: "features are strangers", path: "server/chat/planted.ts", source: 'export * from "../providers/a.ts";' },
    {
      rule: "features are strangers",
      path: "server/chat/planted.ts",
      source: 'new URL("../providers/child.ts", import.meta.url);',
    },
    { rule: "ui stands alone", path: "web/ui/planted.tsx", source: 'import { a } from "../platform/api.ts";' },
    { rule: "ui stands alone", path: "web/ui/planted.tsx", source: 'import type { A } from "../../shared/chat.ts";' },
    {
      rule: "nothing imports tests, benches or scripts",
      path: "server/chat/planted.ts",
      source: 'import { a } from "./planted-rig.ts";',
    },
    {
      rule: "nothing imports tests, benches or scripts",
      path: "server/chat/planted.ts",
      source: 'import { a } from "../../tests/a.ts";',
    },
    { rule: "one place touches the machine", path: "server/chat/planted.ts", source: 'import fs from "node:fs";' },
    { rule: "one place touches the machine", path: "server/app.ts", source: 'await import("node:child_process");' },
    {
      rule: "one place touches the machine",
      path: "server/platform/planted.ts",
      source: 'import { request } from "node:https";',
    },
    {
      rule: "one place touches the machine",
      path: "server/chat/planted.ts",
      source: 'import { DatabaseSync } from "node:sqlite";',
    },
    {
      rule: "one place reads the environment",
      path: "server/chat/planted.ts",
      source: "export const a = process.env.A;",
    },
    { rule: "one place reads the environment", path: "server/chat/planted.ts", source: 'globalThis.process["env"];' },
    { rule: "one place reads the environment", path: "server/chat/planted.ts", source: "const { env } = process;" },
    {
      rule: "one place reads the environment",
      path: "server/planted.ts",
      source: 'import { env } from "node:process";',
    },
    {
      rule: "the browser takes only types from schemas",
      path: "web/chat/planted.ts",
      source: 'import { z } from "zod";',
    },
    {
      rule: "the browser takes only types from schemas",
      path: "web/chat/planted.ts",
      source: 'import { idSchema } from "../../shared/chat.ts";',
    },
    { rule: "no cycles", path: "shared/chat.ts", source: 'import type { A } from "./events.ts";' },
    { rule: "no barrels, no drawers", path: "server/chat/index.ts", source: "" },
    { rule: "no barrels, no drawers", path: "web/chat/utils.ts", source: "" },
    { rule: "a file has at most 300 lines", path: "web/chat/planted.ts", source: long(301) },
    {
      rule: "a function has at most 60 lines, a component 100",
      path: "server/chat/planted.ts",
      source: `const long = () => {\n${long(60)}};`,
    },
    {
      rule: "a function has at most 60 lines, a component 100",
      path: "web/chat/planted.tsx",
      source: `export function Long() {\n${long(100)}}`,
    },
    {
      rule: "a file has at most 15 imports",
      path: "server/chat/planted.ts",
      source: 'import { a } from "./a.ts";\n'.repeat(16),
    },
  ];

  test.each(plants)("$rule: $path", ({ rule, path, source }) => {
    const planted = findViolations(withPlanted(readModule(path, source)));
    expect(planted.filter((violation) => violation.rule === rule).map((violation) => violation.path)).toContain(path);
  });

  test("every rule has a planted violation", () => {
    expect(new Set(plants.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
  });

  const fine: readonly { path: string; source: string }[] = [
    { path: "server/chat/planted.ts", source: 'import { idSchema } from "../../shared/chat.ts";' },
    { path: "server/chat/planted.ts", source: 'import type { Stats } from "node:fs";' },
    { path: "server/app.ts", source: 'import { a } from "./chat/a.ts"; import { b } from "./providers/b.ts";' },
    { path: "server/platform/store/planted.ts", source: 'import { open } from "node:fs/promises";' },
    { path: "web/chat/planted.ts", source: 'import type { ChooseModel } from "../../shared/providers.ts";' },
    { path: "web/chat/planted.test.ts", source: 'import { readFileSync } from "node:fs";' },
    {
      path: "web/pages/planted.tsx",
      source: 'import { A } from "../chat/a.tsx"; import { B } from "../providers/b.tsx";',
    },
    { path: "web/chat/planted.tsx", source: `export function Long() {\n${long(98)}}` },
  ];

  test.each(fine)("lets $path be", ({ path, source }) => {
    expect(
      findViolations([
        ...modules.filter((module) => module.path.startsWith("shared/")),
        readModule(path, source),
      ]).filter((violation) => violation.path === path),
    ).toEqual([]);
  });

  function withPlanted(planted: Module): Module[] {
    return [...modules.filter(({ path }) => path !== planted.path), planted];
  }
});

function isExcepted(violation: Violation): boolean {
  return exceptions.some((exception) => isAbout(exception, violation));
}

function isAbout(exception: (typeof exceptions)[number], violation: Violation): boolean {
  const isSameImport = exception.to === undefined || exception.to === violation.what;
  return exception.rule === violation.rule && exception.path === violation.path && isSameImport;
}
