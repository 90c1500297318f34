import fc from "fast-check";
import { expect, test } from "vitest";
import { classifyCodexPath } from "./codex-path.ts";
import { knownCandidates, matchKnownName } from "./known-names.ts";

test.each([
  ["TASK-LOG.json", "task-log", "TASK-LOG.json", true],
  ["task_log.json", "task-log", "TASK-LOG.json", false],
  ["TASK-LOG.jsonl", "task-log", "TASK-LOG.jsonl", true],
  ["Task-Log.md", "task-log", "TASK-LOG.md", false],
  ["AGENTS.md", "roster", "AGENTS.md", true],
  ["AGENT.md", "roster", "AGENT.md", true],
  ["agents.MD", "roster", "AGENTS.md", false],
  ["proposed_tasks.md", "proposals", "PROPOSED-TASKS.md", false],
  ["Tasks.md", "proposals", "TASKS.md", false],
  ["BACKLOG.md", "proposals", "BACKLOG.md", true],
  ["todo.md", "proposals", "TODO.md", false],
  ["PRD.md", "prd", "PRD.md", true],
  ["architecture.md", "architecture", "ARCHITECTURE.md", false],
])("%s is known as %s", (name, file, known, isExact) => {
  expect(matchKnownName(name)).toEqual({ file, name: known, isExact });
});

test.each(["TASKLOG.json", "AGENTS.md.bak", "x/AGENTS.md", "AGENTS", "", "TAſKS.md"])("%j is not known", (name) => {
  expect(matchKnownName(name)).toBeUndefined();
});

test("candidates: .codex/ before the root, the tried order, the exact spelling first", () => {
  const existing = ["TODO.md", ".codex/tasks.md", ".codex/TASKS.md", "docs/TASKS.md", ".codex/x/TODO.md", "README.md"];
  expect(knownCandidates("proposals", existing)).toEqual([".codex/TASKS.md", ".codex/tasks.md", "TODO.md"]);
  expect(knownCandidates("task-log", [".codex/TASK-LOG.md", "TASK-LOG.json", ".codex/TASK-LOG.json"])).toEqual([
    ".codex/TASK-LOG.json",
    ".codex/TASK-LOG.md",
    "TASK-LOG.json",
  ]);
  expect(knownCandidates("roster", ["ROSTER.md", "AGENTS.md", ".codex/ROSTER.md"])).toEqual([
    ".codex/ROSTER.md",
    "AGENTS.md",
  ]);
});

test.each([
  [".codex/AGENTS.md", "roster"],
  [".codex/ROSTER.md", "roster"],
  ["AGENTS.md", "roster"],
  [".codex/TASK-LOG.json", "task-log"],
  [".codex/task_log.jsonl", "task-log"],
  ["TASK-LOG.md", "task-log"],
  [".codex/PROPOSED-TASKS.md", "proposals"],
  ["TODO.md", "proposals"],
  [".codex/PRD.md", "prd"],
  [".codex/prd.md", "prd"],
  [".codex/ARCHITECTURE.md", "architecture"],
  [".codex/NOTES.md", "document"],
  [".codex/notes/a.md", "document"],
  [".codex/prompts/planner.md", "prompt"],
  [".codex/templates/prd-template.md", "template"],
  [".codex/tasks/pt-7k2m9q.md", "task"],
  [".codex/config.toml", "foreign"],
  [".codex/agents/reviewer.toml", "foreign"],
  [".codex/agents/reviewer.md", "foreign"],
  [".codex/hooks.json", "foreign"],
  [".codex/hooks/pre.md", "foreign"],
  [".codex/rules/a.md", "foreign"],
  [".codex/skills/x/SKILL.md", "foreign"],
  [".codex/plugins/a.md", "foreign"],
  [".codex/commands/a.md", "foreign"],
  [".codex/environments/a.md", "foreign"],
  [".codex/.mcp.json", "foreign"],
  [".codex/notes/.env", "foreign"],
  [".codex/prompts/a.txt", "foreign"],
  [".codex/picture.png", "foreign"],
  [".codex/other.json", "foreign"],
  ["README.md", undefined],
  ["PRD.md", undefined],
  ["src/AGENTS.md", undefined],
  [".codex", undefined],
  ["", undefined],
])("%s is %s", (path, kind) => {
  expect(classifyCodexPath(path)).toBe(kind);
});

test.each([
  ".codex/auth.json",
  ".codex/AUTH.JSON",
  ".Codex/auth.json",
  ".codex/auth.json.",
  ".codex/auth.json ",
  ".codex/auth.json::$DATA",
  ".codex/auth.json.bak",
  ".codex/AUTH~1.JSO",
  ".codex\\auth.json",
  "./.codex/auth.json",
  ".codex//auth.json",
  ".codex/./auth.json",
  ".codex/x/../auth.json",
  "/home/x/.codex/auth.json",
  "sub/.codex/auth.json",
  ".codex./auth.json",
  ".codex /auth.json",
  ".codex/ａｕｔｈ.json",
  ".codex/au\u200bth.json",
  ".codex/history.jsonl",
  ".codex/History.jsonl",
  ".codex/sessions",
  ".codex/sessions/2025/06/25/rollout-1.jsonl",
  ".codex/Sessions/x.md",
  ".codex/sessions./x.md",
])("%j is a secret", (path) => {
  expect(classifyCodexPath(path)).toBe("secret");
});

test("any path has a kind or none, without an error", () => {
  const pieces = fc.constantFrom(".codex", "/", "\\", "..", ".", "auth.json", "AGENTS.md", "\0", " ", "~1", "prompts");
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), (all) => {
      classifyCodexPath(all.join(""));
      matchKnownName(all.join(""));
    }),
  );
});
