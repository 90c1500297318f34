/** The docs are checked like code: what they name exists, what is generated is current, what we depend on is explained. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { configurationDocs } from "../scripts/configuration-docs.ts";
import { settings } from "../server/config.ts";
import { deadReferences } from "./docs/dead-references.ts";

const root = join(import.meta.dirname, "..");
const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root })
  .toString()
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(root, path)));
const pages = tracked.filter((path) => path.endsWith(".md") && !path.endsWith(".chat.md") && !/fixtures?\//.test(path));

test("there are pages to check", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/architecture.md"]));
});

test.each(pages)("what %s links to and names exists", (page) => {
  const exists = (path: string): boolean => existsSync(join(root, path));
  expect(deadReferences(read(page), dirname(page), exists)).toEqual([]);
});

describe("a reference that leads nowhere is found", () => {
  const exists = (path: string): boolean => ["docs/here.md", "server/app.ts", "docs", "server/chat"].includes(path);

  test.each([
    { text: "[a](./gone.md)", found: ["./gone.md"] },
    { text: "[a](gone.md#part)", found: ["gone.md#part"] },
    { text: "![a](../gone.png)", found: ["../gone.png"] },
    { text: "[a]: gone.md", found: ["gone.md"] },
    { text: "see `server/gone.ts`", found: ["server/gone.ts"] },
    { text: "see `server/gone/`", found: ["server/gone/"] },
  ])("$text", ({ text, found }) => {
    expect(deadReferences(text, "docs", exists)).toEqual(found);
  });

  test.each([
    "[a](here.md) [b](../server/app.ts#L3) [c](https://example.org/gone.md) [d](#below) [e](mailto:a@example.org)",
    "`server/app.ts` and `server/chat/` and `docs/NNNN-title.md` and `server/FEATURE/routes.ts` and `server/*/routes.ts`",
    "```sh\ncat server/gone.ts\n[a](gone.md)\n```",
    "`npm run check` and `a/b` and `conversations/2026/x.chat.md`",
  ])("fine: %s", (text) => {
    expect(deadReferences(text, "docs", exists)).toEqual([]);
  });
});

test.each(Object.entries(configurationDocs(settings)))("%s is current: npm run docs:generate", (path, text) => {
  expect(read(path)).toBe(text);
});

test("docs/dependencies.md has one line for each runtime dependency, and for no other", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const [runtime = ""] = read("docs/dependencies.md").split("\n## In the page");
  const explained = [...runtime.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? "");
  expect(explained.toSorted()).toEqual(Object.keys(dependencies).toSorted());
});

test("decisions have 150 to 400 words and the four headings", () => {
  const decisions = pages.filter((path) => /^docs\/decisions\/\d{4}-/.test(path));
  expect(decisions.length).toBeGreaterThan(0);
  const odd = decisions.filter((path) => {
    const text = read(path);
    const words = text.split(/\s+/).length;
    const hasAll = ["## Context", "## Decision", "## Consequences", "## Alternatives"].every((each) =>
      text.includes(each),
    );
    return words < 150 || words > 400 || !hasAll;
  });
  expect(odd).toEqual([]);
});

test("the list of decisions names each of them by its title", () => {
  const titles = pages
    .filter((path) => /^docs\/decisions\/\d{4}-/.test(path))
    .map((path) => {
      const [, number = "", title = ""] = /^# (\d+) (.*)$/m.exec(read(path)) ?? [];
      return `- ${number} [${title}](${path.slice("docs/decisions/".length)})`;
    });
  const listed = read("docs/decisions/README.md")
    .split("\n")
    .filter((line) => line.startsWith("- "));
  expect(listed).toEqual(
    titles.toSorted((one, other) => Number.parseInt(one.slice(2)) - Number.parseInt(other.slice(2))),
  );
});

test("no file names a folder of the machine that it was written on", () => {
  const text = tracked.filter((path) => /\.(md|ts|tsx|mjs|json|css|html|yaml|toml)$|run$/.test(path));
  expect(text.filter((path) => /(^|[\s"'`(=:])\/work\//.test(read(path)))).toEqual([]);
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
