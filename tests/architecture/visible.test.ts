/** Text that is not ours stands in `<bdi>`; signs that turn or hide it are shown there, and in the tab's title. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readModules } from "./module-graph.ts";
import { isTest } from "./rules.ts";

const root = join(import.meta.dirname, "..", "..");
const pages = readModules(root).filter(({ path }) => path.startsWith("web/") && !isTest(path));
const linesOf = (pattern: RegExp): string[] =>
  pages.flatMap(({ path }) => readFileSync(join(root, path), "utf8").match(pattern) ?? []);

test("whatever stands in <bdi> has its invisible signs shown", () => {
  const raw = linesOf(/<bdi[^>]*>\s*\{(?!visibleText\(|[\w.]+ !== undefined && visibleText\()[^\n]*/g);
  // Numbers and times of our own.
  const own =
    /words\.(files|valid|percent|ofEntries|items)|words\.filledOf|shortAge\(|className="side-row-end numbers"/;
  expect(raw.filter((line) => !own.test(line))).toEqual([]);
});

test("no element that shows a title or a name of a file shows it raw", () => {
  expect(
    linesOf(/>\s*\{(?:view|conversation|document|run|project|item|entry)\.(?:title|name|note|summary)\}/g),
  ).toEqual([]);
});

test("the tab's title has no invisible signs of a conversation or a document", () => {
  const titles = linesOf(/document\.title = `\$\{(?!withMarks\()[^\n]*/g);
  expect(titles.filter((line) => !/\$\{(?:words\.\w+|title|props\.title)\} · Folio/.test(line))).toEqual([]);
});
