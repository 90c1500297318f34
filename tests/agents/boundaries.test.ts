/** Where a run may read and write: whatever is asked for, and whatever the files say. */
import { link, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newUlid } from "../../server/platform/ulid.ts";
import type { AgentRunView } from "../../shared/agents.ts";
import { answerOf, model, prd } from "./scripted-answers.ts";
import { openStudio, type Studio } from "./studio-rig.ts";

let studio: Studio;

beforeEach(async () => {
  studio = await openStudio();
});

afterEach(() => studio.close());

const target = ".codex/PRD.md";
const good = answerOf(prd, target, "Wrote it.");
const recordOf = (key: string, writes: string): string =>
  `## Agent: \`${key}\`\n\n- **Role:** R\n- **Goal:** G\n- **Backstory:** B\n- **Writes:** \`${writes}\`\n`;
const roster = (writes: string) => studio.write(".codex/AGENTS.md", `# AGENTS.md\n\n${recordOf("writer", writes)}`);
const begin = (agent: string, more: object = {}) =>
  studio.ask<{ code: string }>("POST", "/agents/runs", { id: newUlid(), agent, goal: "Write.", ...model, ...more });
const accept = (id: string, body: unknown = { base: null }) =>
  studio.ask<AgentRunView>("POST", `/agents/runs/${id}/accept`, body);

async function beside(path: string, text: string): Promise<string> {
  const file = join(dirname(studio.folder), path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** Every file of the workspace. */
async function files(): Promise<readonly string[]> {
  const entries = await readdir(studio.folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name));
  return found.map((path) => path.slice(studio.folder.length + 1)).toSorted();
}

const tricks = [
  "../outside.md",
  "/etc/cron.d/job.md",
  ".codex/../outside.md",
  ".codex/./../../outside.md",
  ".codex//PRD.md",
  ".codex/./PRD.md",
  ".codex\\PRD.md",
  "file:///etc/passwd.md",
  ".codex/PRD.md/../../x.md",
  ".codex/%2e%2e/outside.md",
  ".codex/notes.md\u0000.sh",
  ".codex/notes\u202etxt.md",
  ".codex/notes.md:stream.md",
  ".codex/con.md",
  ".codex/notes. .md/.md",
  ".CODEX/PRD.md",
  "docs/README.md",
  `.codex/${"x".repeat(280)}.md`,
];

const neverWritten = [
  ".git/config",
  ".git/hooks/pre-commit",
  ".codex/.git/hooks/x.md",
  ".codex/config.toml",
  ".codex/Config.TOML",
  ".codex/auth.json",
  ".codex/auth.md",
  ".codex/history.md",
  ".codex/sessions/a.md",
  ".codex/hooks.json",
  ".codex/hooks/run.md",
  ".codex/agents/reviewer.md",
  ".codex/skills/x/SKILL.md",
  ".codex/rules/default.md",
  ".codex/commands/deploy.md",
  ".codex/plugins/x.md",
  ".codex/environments/x.md",
  ".codex/TASK-LOG.json",
  ".codex/task_log.md",
  ".codex/.env",
  ".codex/.hidden.md",
  ".mcp.json",
  ".env",
  ".vscode/settings.json",
  ".idea/workspace.md",
  ".github/workflows/ci.md",
  "package.json",
  "docs/AGENTS.md",
  "feedback.jsonl",
  "conversations/a.chat.md",
];

describe("a document that may not be written", () => {
  it.each([...tricks, ...neverWritten])(
    "%j: neither as the target nor by the roster, and no model is asked",
    async (path) => {
      const isAsked = await begin("doc_writer", { target: path });
      expect([400, 422]).toContain(isAsked.status);
      await roster(path);
      const declared = await begin("writer");
      expect([400, 403, 404, 422]).toContain(declared.status);
      const pattern = await begin("writer", { target: path });
      expect([400, 403, 404, 422]).toContain(pattern.status);
      expect(studio.requests).toEqual([]);
      expect(await files()).toEqual([".codex/AGENTS.md"]);
    },
  );

  it.each(["./.codex/PRD.md", "AGENTS.md", "CLAUDE.md"])("%s in a roster means the one below .codex/", async (path) => {
    await roster(path);
    const run = await studio.start("writer", "Write.");
    expect(run.target).toBe(`.codex/${path.replace("./.codex/", "")}`);
    expect([400, 422]).toContain((await begin("writer", { target: path })).status);
  });

  it.each([...tricks, ...neverWritten])("%j: does not fit what a roster leaves open", async (path) => {
    await roster(".codex/*.md");
    expect([400, 422]).toContain((await begin("writer", { target: path })).status);
    expect(studio.requests).toEqual([]);
  });

  it.each([
    ["the file", async (outside: string) => symlink(outside, join(studio.folder, target))],
    ["the file, twice named,", async (outside: string) => link(outside, join(studio.folder, target))],
    ["a file that is not there", async (outside: string) => symlink(`${outside}.new`, join(studio.folder, target))],
  ])("%s is a link that leads out: what it leads to stays as it is", async (_, make) => {
    const outside = await beside("outside/mine.md", "# Mine\n");
    await mkdir(join(studio.folder, ".codex"), { recursive: true });
    await make(outside);
    studio.answers.push(good);
    const begun = await begin("doc_writer");
    const { runs } = (await studio.ask<{ runs: { id: string }[] }>("GET", "/agents/runs")).body;
    const [run] = runs;
    if (begun.status === 202 && run !== undefined) {
      await studio.agents.ended(run.id);
      const { change } = await studio.view(run.id);
      await accept(run.id, { base: change?.base ?? null });
    }
    expect(await readFile(outside, "utf8")).toBe("# Mine\n");
    expect(await readdir(dirname(outside))).toEqual(["mine.md"]);
  });

  it("below a folder that is a link which leads out", async () => {
    const outside = await beside("outside/mine.md", "# Mine\n");
    await symlink(dirname(outside), join(studio.folder, ".codex"));
    studio.answers.push(good);
    const id = newUlid();
    const begun = await studio.ask("POST", "/agents/runs", { id, agent: "doc_writer", goal: "Write.", ...model });
    if (begun.status === 202) {
      await studio.agents.ended(id);
      await accept(id);
    }
    expect(await readdir(dirname(outside))).toEqual(["mine.md"]);
  });

  it("became a link while the run waited", async () => {
    studio.answers.push(good);
    const { id } = await studio.start("doc_writer", "Write.");
    const outside = await beside("outside/mine.md", "# Mine\n");
    await mkdir(join(studio.folder, ".codex"), { recursive: true });
    await symlink(outside, join(studio.folder, target));
    expect((await accept(id)).status).toBeGreaterThanOrEqual(400);
    expect(await readFile(outside, "utf8")).toBe("# Mine\n");
    expect((await studio.view(id)).status).toBe("waiting");
  });
});

describe("a document that may not be read", () => {
  const refused = ["../secret.md", "/etc/passwd", ".env", ".codex/auth.json", ".codex/sessions/a.md", "README.md"];

  it.each(refused)("%s: a person who asks for it is told, and no model is asked", async (path) => {
    expect((await begin("doc_writer", { reads: [path] })).status).toBe(403);
    expect(studio.requests).toEqual([]);
  });

  it("is left out, and said to be, where a roster declares it", async () => {
    await studio.write("README.md", "# Not for agents\n");
    await studio.write(".codex/notes.md", "# For agents\n");
    const reads = [".codex/notes.md", ...refused].map((path) => `\`${path}\``).join(", ");
    await studio.write(".codex/AGENTS.md", `# AGENTS.md\n\n${recordOf("doc_writer", target)}- **Reads:** ${reads}\n`);
    studio.answers.push(good);
    const run = await studio.start("doc_writer", "Write.");
    expect(run.status).toBe("waiting");
    const given = run.input.files.filter(({ isRefused }) => isRefused !== true);
    expect(given.map(({ path }) => path)).toEqual([".codex/notes.md"]);
    expect(run.input.files.some(({ path, isRefused }) => path === "README.md" && isRefused === true)).toBe(true);
    const sent = JSON.stringify(studio.requests[0]?.messages);
    expect(sent).toContain("# For agents");
    expect(sent).not.toContain("# Not for agents");
    studio.answers.push(good);
    expect((await studio.ask("POST", `/agents/runs/${run.id}/again`, { id: newUlid() })).status).toBe(202);
  });
});

describe("an approval", () => {
  it("is for one run: the next one of the same agent, document and words waits again", async () => {
    studio.answers.push(good, answerOf(`${prd}\nMore.\n`, target, "Wrote more."));
    const first = await studio.start("doc_writer", "Write.");
    await accept(first.id);
    const second = await studio.start("doc_writer", "Write.");
    expect(second.status).toBe("waiting");
    expect(await studio.text(target)).toBe(prd);
  });

  it("by a rule holds for its document alone, and not for what the agent's record was raised to", async () => {
    await studio.settings({ rules: [{ agent: "writer", path: ".codex/notes.md" }] });
    await roster(".codex/notes.md");
    studio.answers.push(answerOf("# Notes\n", ".codex/notes.md", "Wrote them."));
    expect((await studio.start("writer", "Write.")).status).toBe("written");
    for (const [index, raised] of [".codex/AGENTS.md", ".codex/prompts/writer.md", ".codex/PRD.md"].entries()) {
      await roster(raised);
      studio.answers.push(answerOf(`# Raised ${index}\n`, raised, "Wrote it."));
      const run = await studio.start("writer", "Write.");
      expect(run).toMatchObject({ status: "waiting", target: raised });
    }
    expect(await files()).toEqual([".codex/AGENTS.md", ".codex/TASK-LOG.json", ".codex/notes.md"].toSorted());
  });

  it.each([
    ".codex/AGENTS.md",
    ".codex/agents.md",
    ".codex/ROSTER.md",
    ".codex/prompts/doc_writer.md",
    ".codex/Prompts/doc_writer.md",
    ".codex/templates/prd-template.md",
  ])("by a rule is none for %s, even where the settings' file was changed by hand", async (path) => {
    const { body } = await studio.ask<object>("GET", "/agents/settings");
    const settings = { ...body, rules: [{ agent: "writer", path }] };
    expect((await studio.ask("PUT", "/agents/settings", settings)).status).toBe(400);
    await writeFile(join(studio.data, "agent-settings.json"), JSON.stringify(settings));
    await roster(path);
    const before = await studio.text(".codex/AGENTS.md");
    studio.answers.push(answerOf("# Raised\n", path, "Wrote it."));
    const run = await studio.start("writer", "Write.");
    expect(run).toMatchObject({ status: "waiting", target: path });
    expect(await studio.text(".codex/AGENTS.md")).toBe(before);
  });
});

describe("a board", () => {
  const board = ".codex/PROPOSED-TASKS.md";
  const task = (id: string, status = "proposed") =>
    `## Task: \`pt-${id}\` — Do ${id}\n\n- **Status:** ${status}\n- **Proposed by:** \`planner\`\n- **Date:** 2026-01-02\n`;
  const of = (...tasks: readonly string[]) => `# PROPOSED-TASKS.md\n\n---\n\n${tasks.join("\n---\n\n")}`;
  const old = of(task("aaaaaa"), task("bbbbbb"));

  it.each([
    ["deletes a record", of(task("aaaaaa"))],
    ["changes the words of a record", of(task("aaaaaa"), task("bbbbbb").replace("Do bbbbbb", "Do something else"))],
    ["begins anew", of(task("cccccc"))],
  ])("that a planner %s is refused", async (_, next) => {
    await studio.write(board, old);
    studio.answers.push(answerOf(next, board, "Tidied up."));
    const run = await studio.start("planner", "Plan.");
    expect(run).toMatchObject({ status: "refused", reason: { code: "changed-records" } });
    expect(await studio.text(board)).toBe(old);
    expect(await studio.log()).toMatchObject([{ agent: "planner", status: "refused" }]);
  });

  it("may get further records", async () => {
    await studio.write(board, old);
    const next = of(task("aaaaaa"), task("bbbbbb"), task("cccccc"));
    studio.answers.push(answerOf(next, board, "Proposed one."));
    expect((await studio.start("planner", "Plan.")).status).toBe("waiting");
  });
});
