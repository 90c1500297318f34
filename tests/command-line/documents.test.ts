/** `folio roster`, `proposals`, `documents` and `log merge`, by the real program. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commands } from "../../server/command-line/commands.ts";
import { type CommandPlace, makeCommandPlace, removeCommandPlace, runFolio } from "./run-folio.ts";

let place: CommandPlace;

beforeEach(() => {
  place = makeCommandPlace();
});
afterEach(() => removeCommandPlace(place));

const run = (...args: string[]) => runFolio(place, args);

test("roster list prints the agents, and without a roster says so", async () => {
  const none = await run("roster", "list", ".", "--json");
  expect([none.code, none.out]).toEqual([0, '{"agents":[],"kind":"instructions"}\n']);
  place.put("AGENTS.md", "# Instructions\n\nBe kind.\n");
  expect((await run("roster", "list", ".", "--json")).out).toBe('{"agents":[],"kind":"instructions"}\n');
  place.put(
    ".codex/AGENTS.md",
    "## Agent: `planner`\n\n- **Role:** Task Forecaster\n- **Goal:** Suggest tasks in `PROPOSED-TASKS.md`.\n- **Backstory:** Quiet.\n",
  );
  const { agents, kind } = JSON.parse((await run("roster", "list", "--json")).out);
  expect(kind).toBe("roster");
  expect(agents).toMatchObject([{ key: "planner", role: "Task Forecaster", writes: ".codex/PROPOSED-TASKS.md" }]);
  expect((await run("roster", "list")).out).toMatch(/^planner {2}\.codex\/PROPOSED-TASKS\.md {2}Task Forecaster\n$/);
  expect(existsSync(place.data)).toBe(false);
});

test("proposals list prints the cards of our own board and of others", async () => {
  expect((await run("proposals", "list")).out).toBe("No proposed tasks.\n");
  place.put(
    ".codex/PROPOSED-TASKS.md",
    "# PROPOSED-TASKS.md\n\n## Task: `pt-7k2m9q` — Add a page\n\n- **Status:** proposed\n- **Proposed by:** `planner`\n- **Date:** 2026-05-04\n",
  );
  const { shape, proposals } = JSON.parse((await run("proposals", "list", ".", "--json")).out);
  expect(shape).toBe("proposals");
  expect(proposals).toMatchObject([
    { key: "pt-7k2m9q", title: "Add a page", status: "proposed", proposedBy: "planner" },
  ]);
});

test.each([
  ["roster", ".codex/AGENTS.md"],
  ["proposals", ".codex/PROPOSED-TASKS.md"],
])("%s list refuses what is too large to be parsed, as the page does", async (command, path) => {
  place.put(path, "## Agent: `a`\n".repeat(20_002));
  const { code, out, err } = await run(command, "list");
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(`${path} is too large to be read. It was left as it is.`);
});

test("documents lint gives 1 with findings and 0 without", async () => {
  place.put(".codex/PRD.md", "# Notes\n\nA plan.\n");
  expect(await run("documents", "lint")).toMatchObject({ code: 0, out: "1 documents, 0 findings\n" });
  place.put(".codex/PRD.md", "# Product Requirements Document Template\n\n{{NAME}}\n");
  place.put(".codex/templates/prd.md", "# X Template\n\n{{NAME}}\n");
  const { code, out } = await run("documents", "lint", ".", "--json");
  expect(code).toBe(1);
  const found = JSON.parse(out).findings.map(({ path, code: kind, line }: Record<string, unknown>) => [
    path,
    kind,
    line,
  ]);
  expect(found).toEqual([
    [".codex/PRD.md", "template-title", 1],
    [".codex/PRD.md", "placeholder", 3],
  ]);
});

test("a link in the place of a roster or a board is refused", async () => {
  place.put("elsewhere.md", "x");
  place.put(".codex/PRD.md", "x");
  for (const [command, name] of [
    ["roster", "AGENTS.md"],
    ["proposals", "PROPOSED-TASKS.md"],
  ] as const) {
    execFileSync("ln", ["-s", "../elsewhere.md", join(place.folder, ".codex", name)]);
    expect(await run(command, "list")).toMatchObject({ code: 2, err: expect.stringContaining(name) });
  }
});

const entry = (number: number) => ({ task_id: `task-${number}`, summary: `${number}`, agent: "a" });
const log = (...numbers: number[]) => `${JSON.stringify(numbers.map(entry), undefined, 2)}\n`;

test("git merges two branches of a log with the driver, without a conflict", async () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Folio", "-c", "user.email=folio@localhost", ...args], {
      ...{ cwd: place.folder, stdio: "pipe", encoding: "utf8" },
      env: { PATH: process.env["PATH"], HOME: place.base, FOLIO_DATA_DIR: place.data },
    });
  const folio = join(import.meta.dirname, "../../bin/folio.mjs");
  const save = (text: string) => {
    place.put(".codex/TASK-LOG.json", text);
    git("add", "-A");
    git("commit", "-qm", "log");
  };
  git("init", "-q", "-b", "main");
  git("config", "merge.folio-task-log.driver", `"${process.execPath}" "${folio}" log merge %O %A %B %P`);
  place.put(".gitattributes", ".codex/TASK-LOG.json merge=folio-task-log\n");
  save(log(31));
  git("checkout", "-qb", "other");
  save(log(31, 33));
  git("checkout", "-q", "main");
  save(log(31, 32));
  git("merge", "-q", "--no-edit", "other");
  expect(readFileSync(join(place.folder, ".codex/TASK-LOG.json"), "utf8")).toBe(log(31, 32, 33));
});

test("a merge that cannot be made gives 1 and leaves the file; wrong words give 2", async () => {
  place.put("base", log(1));
  place.put("ours", "[1,");
  place.put("theirs", log(1, 2));
  expect(await run("log", "merge", "base", "ours", "theirs")).toMatchObject({ code: 1, out: "" });
  expect(readFileSync(join(place.folder, "ours"), "utf8")).toBe("[1,");
  expect((await run("log", "merge", "base", "ours")).code).toBe(2);
  expect((await run("log", "merge", "base", "ours", "gone")).code).toBe(2);
});

test("the launcher knows every command, so that none waits for a build", () => {
  const launcher = readFileSync(join(import.meta.dirname, "../../bin/folio.mjs"), "utf8");
  const listed = /sourceCommands = \[(.*)\]/.exec(launcher)?.[1] ?? "";
  for (const name of Object.keys(commands)) expect(listed).toContain(`"${name}"`);
});
