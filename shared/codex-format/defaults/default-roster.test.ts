import { expect, test } from "vitest";
import { readOutline } from "../documents/outline.ts";
import { readRoster } from "../roster/read-roster.ts";
import { defaultPromptFile, promptForAgent } from "./default-prompts.ts";
import { composeRoster, DEFAULT_AGENTS } from "./default-roster.ts";
import { DEFAULT_TEMPLATES } from "./default-templates.ts";

test("the offered roster is read back as it is offered, without a problem", () => {
  const roster = readRoster(new TextEncoder().encode(composeRoster()));
  expect(roster.kind).toBe("roster");
  expect(
    roster.agents.map(({ key, role, goal, backstory, writes, reads, next, problems }) => ({
      key,
      role,
      goal,
      backstory,
      writes: writes?.path,
      reads,
      next,
      problems,
    })),
  ).toEqual(
    DEFAULT_AGENTS.map(({ key, role, goal, backstory, writes, reads, next }) => ({
      ...{ key, role, goal, backstory, writes, reads, problems: [] },
      next: key === "task_logger" ? undefined : next,
    })),
  );
});

test("each agent's first file in its goal is the one that it writes, as is inferred without the field", () => {
  for (const { goal, writes } of DEFAULT_AGENTS) expect(/`([^`]+\.(?:md|json))`/.exec(goal)?.[1]).toBe(writes);
});

test("prompts have the sections of a prompt template", () => {
  for (const agent of DEFAULT_AGENTS) {
    const { path, text } = defaultPromptFile(agent);
    expect(path).toBe(`.codex/prompts/${agent.key}.md`);
    expect(readOutline(text).map((heading) => heading.text)).toEqual([
      `Prompt Template: ${agent.key}`,
      ...["Role & Responsibilities", "Folder & File Conventions", "Guidelines", "Output Contract"],
    ]);
  }
});

test("an agent of which little is known has a prompt too", () => {
  const text = promptForAgent({ key: "stranger", goal: "Sing." });
  expect(text).toContain("You are `stranger`. Sing.");
  expect(text).not.toContain("undefined");
});

test("templates have the headings that documents are known by", () => {
  const [prd, architecture, agents, task] = DEFAULT_TEMPLATES.map(({ text }) =>
    readOutline(text).map((heading) => heading.text),
  );
  expect(prd).toContain("🧑‍🎯 Target Users");
  expect(architecture).toContain("🤖 Agent I/O Conventions");
  expect(agents).toEqual(["AGENTS.md", "Agent: `agent_name`"]);
  expect(task).toEqual([
    "Task {{TASK_NUMBER}}: {{SHORT_TITLE}} - {{AGENT_NAME}}",
    ...[
      "🧠 Goal",
      "✅ Requirements",
      "🔍 Technical Notes",
      "📁 Output Files",
      "📝 Prompt Notes",
      "✅ Completion Criteria",
    ],
  ]);
});
