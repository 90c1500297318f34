/** A plain object answers to `constructor` and `__proto__` too: what comes from a file, a model or a person is looked up in a Map. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { targetOf } from "../../server/agents/run-target.ts";
import { commands } from "../../server/command-line/commands.ts";
import { problemText } from "../../server/documents/problem-text.ts";
import { promptForAgent } from "../../shared/codex-format/defaults/default-prompts.ts";
import { statusOfMark } from "../../shared/codex-format/proposals/board-status.ts";
import { targetsOf } from "../../web/agents/runnable-agents.ts";
import { reasonWords } from "../../web/feedback/feedback-words.ts";
import { statusWords } from "../../web/proposals/proposal-words.ts";
import { readModules } from "./module-graph.ts";
import { isTest } from "./rules.ts";

const root = join(import.meta.dirname, "..", "..");
/** A table that is indexed by any string: `const words: Readonly<Record<string, string>> = {`, or the same by `as`. */
const openTable =
  /^(?:export )?const \w+: (?:Readonly<)?(?:Partial<)?Record<string, [^=]*=\s*\{|\} as (?:Readonly<)?Record<string, /m;

test("no table of the product is a plain object indexed by any string", () => {
  const paths = readModules(root).map(({ path }) => path);
  const product = paths.filter((path) => /^(server|shared|web)\//.test(path) && !isTest(path));
  const open = product.filter((path) => openTable.test(readFileSync(join(root, path), "utf8")));
  // Its names are all sent; it is never looked into.
  expect(open).toEqual(["server/platform/http/security-headers.ts"]);
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty"])("%s is a word like any other", (name) => {
  const agent = { key: name, isDuplicate: false, writes: ".codex/reports/a.md" } as unknown as Parameters<
    typeof targetOf
  >[0];
  expect(targetOf(agent, undefined)).toBe(".codex/reports/a.md");
  expect(targetsOf(agent)).toEqual([".codex/reports/a.md"]);
  expect(promptForAgent({ key: name })).toContain(`# Prompt Template: ${name}`);
  expect([statusWords(name), reasonWords(name), problemText(name)]).toEqual([name, name, name]);
  expect([statusOfMark(name), commands.get(name)]).toEqual([undefined, undefined]);
});
