/** Exit codes and JSON of `folio log`, by the real program. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandPlace, makeCommandPlace, type Ran, removeCommandPlace, runFolio } from "./run-folio.ts";

let place: CommandPlace;

beforeEach(() => {
  place = makeCommandPlace();
});
afterEach(() => removeCommandPlace(place));

const LOG = ".codex/TASK-LOG.json";
const run = (...args: string[]): Promise<Ran> => runFolio(place, args);
const json = ({ code, out, err }: Ran): unknown => {
  if (out === "") throw new Error(`exit code ${code}, nothing printed; ${err}`);
  return JSON.parse(out);
};
const read = (path = LOG) => readFileSync(join(place.folder, path), "utf8");
const add = (...more: string[]) =>
  run("log", "append", ".", "--agent", "cli", "--summary", "Did it.", "--json", ...more);

const entry = { task_id: "task-001", agent: "a", date: "2026-05-04", summary: "One", output_files: ["a.md"] };
const whole = `${JSON.stringify([entry], undefined, 2)}\n`;
const broken = `[\n  ${JSON.stringify(entry)}\n  {"task_id": "task-002",\n`;

test("list prints the items with their problems and spans, and stores nothing", async () => {
  place.put(LOG, `[${JSON.stringify(entry)}, {"task_id":"task-002"}, 7]`);
  const { code, out } = await run("log", "list", ".", "--json");
  expect(code).toBe(0);
  const { level, items } = JSON.parse(out);
  expect([level, items.length]).toEqual([0, 3]);
  const end = 1 + JSON.stringify(entry).length;
  expect(items[0]).toEqual({ kind: "entry", entry, problems: [], span: { start: 1, end } });
  expect(items[1].problems.map(({ field }: { field: string }) => field)).toContain("agent");
  expect(items[2]).toEqual({ kind: "invalid", raw: "7", reason: expect.any(String), span: expect.any(Object) });
  expect(existsSync(place.data)).toBe(false);
});

test("check counts, and tells what became of the log since it was last seen", async () => {
  place.put(LOG, whole);
  const check = () => run("log", "check", ".", "--json");
  const first = await check();
  expect([first.code, json(first)]).toEqual([0, { level: 0, entries: 1, invalid: 0, problems: 0, history: "same" }]);
  place.put(LOG, `${JSON.stringify([entry, { ...entry, task_id: "task-002" }])}\n`);
  expect(json(await check())).toMatchObject({ entries: 2, history: "reformatted" });
  place.put(LOG, "[]\n");
  for (let times = 0; times < 2; times += 1) {
    const rewritten = await check();
    expect([rewritten.code, json(rewritten)]).toMatchObject([1, { history: "rewritten" }]);
  }
  place.put(LOG, '[{"task_id":"task-001"}]');
  expect((await check()).code).toBe(1);
});

test("append at levels 0 and 2 writes the entry", async () => {
  const made = await add(
    "--output-file",
    "a.md",
    "--output-file",
    "b.md",
    "--status",
    "failed",
    "--proposal",
    "pt-abc123",
  );
  expect([made.code, json(made)]).toEqual([0, { queued: false, task_id: "task-001", run_id: expect.any(String) }]);
  expect(JSON.parse(read())).toEqual([
    {
      ...{ task_id: "task-001", agent: "cli", date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), summary: "Did it." },
      ...{ output_files: ["a.md", "b.md"], at: expect.stringMatching(/\.\d{3}Z$/) },
      ...{ run_id: expect.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/), status: "failed", proposal: "pt-abc123" },
    },
  ]);
});

test("append to JSON Lines adds a line", async () => {
  place.put(".codex/TASK-LOG.jsonl", `${JSON.stringify(entry)}\n`);
  const { code } = await add();
  expect([code, read(".codex/TASK-LOG.jsonl").split("\n").length]).toEqual([0, 3]);
});

test("append to a broken log queues the entry; repair keeps the old file and writes what waits", async () => {
  place.put(LOG, broken);
  const queued = await add();
  expect([queued.code, json(queued)]).toEqual([1, { queued: true }]);
  expect(read()).toBe(broken);
  const shown = await run("log", "repair", ".", "--preview", "--json");
  expect([shown.code, json(shown)]).toMatchObject([0, { repaired: false, kept: 1, invalidKept: 1 }]);
  expect(read()).toBe(broken);
  const repaired = await run("log", "repair", ".", "--json");
  const { backup } = JSON.parse(repaired.out);
  expect([repaired.code, backup]).toEqual([0, expect.stringMatching(/^\.codex\/TASK-LOG\.json\.bak-\d{8}T\d{6}Z$/)]);
  expect(read(backup)).toBe(broken);
  expect(JSON.parse(read()).at(-1)).toMatchObject({ task_id: "task-002", summary: "Did it." });
  const again = await run("log", "repair", ".", "--json");
  expect([again.code, json(again)]).toMatchObject([0, { repaired: false }]);
});

test.each([
  ["TASK-LOG.json", '{"a":{"b":1}}'],
  ["TASK-LOG.md", "### Task Completed\n\n**Agent:** a\n**Task Id:** task-001\n"],
])(
  "append to %s of a shape that is only read gives 2 and writes nothing; list and check still read it",
  async (name, content) => {
    place.put(`.codex/${name}`, content);
    const { code, err } = await add();
    expect(code).toBe(2);
    expect(err).toContain("only read");
    expect(read(`.codex/${name}`)).toBe(content);
    expect((await run("log", "list", ".", "--json")).code).toBe(0);
    expect(JSON.parse((await run("log", "list", ".", "--json")).out).items.length).toBeGreaterThan(0);
    expect((await run("log", "repair", ".")).code).toBe(2);
  },
);

test.each([
  ["an empty summary", ["--agent", "a", "--summary", ""]],
  ["501 code points", ["--agent", "a", "--summary", "😀".repeat(501)]],
  ["a line end", ["--agent", "a", "--summary", "a\nb"]],
  ["no summary", ["--agent", "a"]],
  ["no agent", ["--summary", "a"]],
  ["an absolute path", ["--agent", "a", "--summary", "a", "--output-file", "/etc/passwd"]],
  ["a path that leads out", ["--agent", "a", "--summary", "a", "--output-file", "a/../../b"]],
  ["an option that does not exist", ["--agent", "a", "--summary", "a", "--force"]],
  ["an agent of 101 characters", ["--agent", "é".repeat(101), "--summary", "a"]],
  ["an agent with a control character", ["--agent", "a\u001b[2J", "--summary", "a"]],
  ["an agent without a name", ["--agent", "", "--summary", "a"]],
  ["two folders", ["--agent", "a", "--summary", "a", "other"]],
  ["a status that does not exist", ["--agent", "a", "--summary", "a", "--status", "great"]],
])("append with %s gives 2, says why, and writes nothing", async (_name, args) => {
  const { code, err, out } = await run("log", "append", ".", ...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(readdirSync(place.folder)).toEqual([]);
});

test("500 code points fit, and the same run id twice is one entry", async () => {
  const args = ["--agent", "a", "--summary", "😀".repeat(500), "--run-id", "01JZ2Y7M3W8Q4K6T9V5X1C0B2D"];
  for (let times = 0; times < 2; times += 1) expect((await run("log", "append", ".", ...args)).code).toBe(0);
  expect(JSON.parse(read())).toHaveLength(1);
});

const odd: Readonly<Record<string, (path: string) => void>> = {
  "a link": (path) => {
    symlinkSync(join(place.base, "outside.json"), path);
  },
  "a link to nothing": (path) => symlinkSync(join(place.base, "nothing"), path),
  "a FIFO": (path) => execFileSync("mkfifo", [path]),
  "a folder": (path) => mkdirSync(path),
};

test.each(Object.keys(odd))("%s in the log's place is refused by every command, with a reason", async (kind) => {
  mkdirSync(join(place.folder, ".codex"));
  writeFileSync(join(place.base, "outside.json"), whole);
  odd[kind]?.(join(place.folder, LOG));
  for (const args of [["list"], ["check"], ["append", "--agent", "a", "--summary", "b"], ["repair"]]) {
    const { code, err } = await run("log", ...args);
    expect([args[0], code, err]).toEqual([args[0], 2, expect.stringContaining("TASK-LOG.json")]);
    expect(err).toMatch(/link|regular file/);
  }
  expect(readFileSync(join(place.base, "outside.json"), "utf8")).toBe(whole);
});

test("a file in the place of .codex is refused by every command, and stays", async () => {
  place.put(".codex", "not a folder");
  for (const args of [["list"], ["check"], ["append", "--agent", "a", "--summary", "b"], ["repair"]]) {
    const { code, err } = await run("log", ...args);
    expect([args[0], code, err]).toEqual([args[0], 2, expect.stringContaining("A file stands where the folder")]);
  }
  expect(read(".codex")).toBe("not a folder");
});

test("a link in the place of .codex is not followed", async () => {
  mkdirSync(join(place.base, "elsewhere"));
  symlinkSync(join(place.base, "elsewhere"), join(place.folder, ".codex"));
  expect((await add()).code).toBe(2);
  expect(readdirSync(join(place.base, "elsewhere"))).toEqual([]);
});

test("the home of Codex CLI, a file, and a folder that is not there are refused", async () => {
  place.put(".codex/auth.json", "{}");
  place.put("file", "");
  for (const folder of [".", "file", "nowhere"]) {
    for (const command of [
      ["log", "list"],
      ["log", "append"],
      ["roster", "list"],
      ["proposals", "list"],
      ["documents", "lint"],
    ]) {
      const more = command[1] === "append" ? ["--agent", "a", "--summary", "b"] : [];
      const { code, out, err } = await run(...command, folder, ...more);
      expect([folder, code, out]).toEqual([folder, 2, ""]);
      expect(err).not.toBe("");
    }
  }
  expect(readdirSync(join(place.folder, ".codex"))).toEqual(["auth.json"]);
});

test("a terminal is shown text, never commands", async () => {
  place.put(
    LOG,
    JSON.stringify([{ ...entry, summary: "a\u001b[2Jb\u202ec\u0007", agent: "x\ny" }, "\u001b]0;title\u0007"]),
  );
  const { out } = await run("log", "list");
  expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(out).toContain("a\\u{1b}[2Jb\\u{202e}c");
  expect(out.trimEnd().split("\n")).toHaveLength(2);
});

test("an unknown word prints what there is and gives 2; --help gives 0", async () => {
  for (const args of [
    ["log"],
    ["log", "lost"],
    ["log", "constructor"],
    ["roster"],
    ["proposals", "x"],
    ["documents"],
  ]) {
    const { code, err } = await run(...args);
    expect([args, code]).toEqual([args, 2]);
    expect(err).toContain("Usage");
  }
  expect(await run("log", "--help")).toMatchObject({ code: 0, out: expect.stringContaining("log append") });
});

test("log check names each problem with its place, twenty at most", async () => {
  place.put(
    LOG,
    `[${Array.from({ length: 22 }, () => '{"task_id":5,"agent":"a","date":"2026-01-01","summary":"s","output_files":[]}').join(",\n")}]\n`,
  );
  const { code, out } = await run("log", "check", ".");
  expect(code).toBe(1);
  expect(out).toContain("item 1, 5: task_id is not a text");
  expect(out).toContain("… and 2 more");
});
