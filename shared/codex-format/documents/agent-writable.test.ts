import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_AGENTS } from "../defaults/default-roster.ts";
import { DEFAULT_TEMPLATES } from "../defaults/default-templates.ts";
import { agentWriteRefusal, isAgentWritable, isTrustedByRuns } from "./agent-writable.ts";

test.each([
  ".codex/PRD.md",
  ".codex/AGENTS.md",
  ".codex/PROPOSED-TASKS.md",
  ".codex/prompts/planner.md",
  ".codex/templates/prd-template.md",
  ".codex/tasks/pt-7k2m9q.md",
  ".codex/notes/2025-06-27 (draft).md",
  ".codex/Überblick.md",
  ".codex/製品要求.md",
])("%s may be written", (path) => {
  expect(agentWriteRefusal(path)).toBeUndefined();
});

const hostile: readonly string[] = [
  // Elsewhere.
  ...[
    "",
    ".codex",
    ".codex/",
    "PRD.md",
    "README.md",
    "src/app.md",
    "codex/PRD.md",
    ".codex2/PRD.md",
    ".codex/a.chat.md",
    ".git/hooks/x.md",
  ],
  ...[".vscode/settings.md", "AGENTS.md", ".env", ".mcp.json", "x/.codex/PRD.md", ".codexx/PRD.md"],
  // Out of it.
  ...["../.codex/PRD.md", ".codex/../PRD.md", ".codex/../.codex/PRD.md", ".codex/x/../PRD.md", ".codex/./PRD.md"],
  ...[
    "./.codex/PRD.md",
    ".codex//PRD.md",
    ".codex/PRD.md/",
    ".codex/..md/../../x.md",
    ".codex/...md",
    ".codex/x/.../y.md",
  ],
  ...["/.codex/PRD.md", "/etc/.codex/PRD.md", "//host/share/.codex/PRD.md", "C:/.codex/PRD.md", "C:.codex/PRD.md"],
  ...["~/.codex/PRD.md", "file:///.codex/PRD.md", "\\\\?\\C:\\.codex\\PRD.md"],
  // Back-slashes.
  ...[".codex\\PRD.md", ".codex/..\\PRD.md", ".codex/x\\..\\..\\y.md", ".codex/hooks\\x.md"],
  // What another program runs or trusts.
  ...[".codex/config.toml", ".codex/config.toml.md/../config.toml", ".codex/agents/x.toml", ".codex/agents/x.md"],
  ...[".codex/hooks.json", ".codex/hooks/pre.md", ".codex/hooks.md", ".codex/rules/a.md", ".codex/skills/s/SKILL.md"],
  ...[".codex/plugins/p.md", ".codex/commands/c.md", ".codex/environments/e.md", ".codex/.mcp.json", ".codex/.mcp.md"],
  ...[".codex/.hidden.md", ".codex/notes/.env.md", ".codex/.git/x.md", ".codex/auth.json", ".codex/sessions/x.md"],
  ...[".codex/history.jsonl", ".codex/run.sh", ".codex/x.html", ".codex/x.svg", ".codex/package.json", ".codex/x.mdx"],
  // The log is Folio's.
  ...[".codex/TASK-LOG.json", ".codex/TASK-LOG.md", ".codex/task_log.md", ".codex/Task-Log.jsonl"],
  // Case.
  ...[
    ".CODEX/PRD.md",
    ".Codex/PRD.md",
    ".codex/Hooks/x.md",
    ".codex/RULES/a.md",
    ".codex/Agents/x.md",
    ".codex/PRD.MD",
  ],
  ...[".codex/AUTH.md", ".codex/SESSIONS/x.md", ".codex/ＨＯＯＫＳ/x.md", ".codex/ru\u017fes/../x.md"],
  // Names that systems change or keep for devices.
  ...[
    ".codex/PRD.md.",
    ".codex/PRD.md ",
    ".codex/ PRD.md",
    ".codex/hooks./x.md",
    ".codex/hooks /x.md",
    ".codex/x /y.md",
  ],
  ...[".codex/CON.md", ".codex/con.md", ".codex/nul.x.md", ".codex/aux /x.md", ".codex/COM1.md", ".codex/lpt9.md"],
  ...[".codex/com\u00b9.md", ".codex/CONIN$.md", ".codex/PRN/x.md", ".codex/PRD.md:stream", ".codex/PRD.md::$DATA"],
  ...[
    ".codex/HOOKS~1/x.md",
    ".codex/a*.md",
    ".codex/a?.md",
    '.codex/a".md',
    ".codex/<a>.md",
    ".codex/a|b.md",
    ".codex/%2e%2e/x.md",
  ],
  // Characters that are not seen.
  ...[
    ".codex/PRD\0.md",
    ".codex/PRD.md\0.png",
    ".codex/a\nb.md",
    ".codex/a\tb.md",
    ".codex/a\u007fb.md",
    ".codex/a\u0085b.md",
  ],
  ...[".codex/a\u202edm.md", ".codex/a\u200b.md", ".codex/\ufeffPRD.md", ".codex/a\u2066b.md", ".codex/a\u2028b.md"],
  ...[".codex/a\u00adb.md", ".codex/ho\u200coks/x.md", ".codex/\ud800.md", ".codex/\ue000.md", ".codex/a\u{e0041}.md"],
  // Not the form that every system keeps, too deep, too long.
  ...[
    ".codex/U\u0308berblick.md",
    ".codex/a/b/c/d/e.md",
    `.codex/${"a".repeat(300)}.md`,
    `.codex/${"界".repeat(80)}.md`,
  ],
  ...[".codex/$(touch x).md", ".codex/`x`.md", ".codex/a;b.md", ".codex/a&b.md", ".codex/-rf.md", ".codex/a#b.md"],
];

test("there are enough hostile paths", () => {
  expect(new Set(hostile).size).toBeGreaterThan(100);
});

test.each(hostile)("%j is refused with a reason", (path) => {
  expect(isAgentWritable(path)).toBe(false);
  expect(agentWriteRefusal(path)).toMatch(/^[A-Z].+\.$/);
});

test("whatever is written stays inside .codex/ under every reading of the path", () => {
  const piece = fc.constantFrom(
    ".codex",
    "/",
    "\\",
    "..",
    ".",
    " ",
    "hooks",
    "x.md",
    "PRD",
    ".md",
    "~",
    ":",
    "\u202e",
    "con",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, piece, fc.string())), (all) => {
      const path = `.codex/${all.join("")}.md`;
      if (!isAgentWritable(path)) return;
      const names = path.split("/");
      expect(names[0]).toBe(".codex");
      expect(names.length).toBeLessThanOrEqual(5);
      for (const name of names.slice(1)) {
        expect(name).not.toMatch(/^[. ]|[. ]$|[\\:*?"<>|~%$\p{C}]/u);
        expect(name).not.toMatch(/^(?:con|nul)(?:\.|$)/i);
      }
      expect(names[1]).not.toMatch(/^hooks/i);
    }),
    { numRuns: 5000 },
  );
});

test("the offered agents write what may be written, but for the log", () => {
  for (const { writes, isBuiltIn } of DEFAULT_AGENTS) expect(isAgentWritable(writes)).toBe(isBuiltIn !== true);
  for (const { path } of DEFAULT_TEMPLATES) expect(isAgentWritable(path)).toBe(true);
});

test("what later runs take instructions from is named", () => {
  const trusted = [
    ".codex/AGENTS.md",
    ".codex/agents.md",
    ".codex/ROSTER.md",
    ".codex/prompts/a.md",
    ".codex/templates/a.md",
  ];
  expect(trusted.filter((path) => !isTrustedByRuns(path))).toEqual([]);
  expect([".codex/PRD.md", ".codex/PROPOSED-TASKS.md", ".codex/tasks/a.md"].filter(isTrustedByRuns)).toEqual([]);
});
